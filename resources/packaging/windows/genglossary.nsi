; The installer for Windows: for one person, without an administrator's rights.
;
;   makensis -DVERSION=0.1.0 -DBUNDLE=dist/genglossary -DICONS=build/icons -DOUTPUT=dist/genglossary-0.1.0-setup.exe
;
; scripts/package/windows.py calls it like this.  Compiles also on Linux.

Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "x64.nsh"
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"

!define NAME "GenGlossary"
; The same as in genglossary_gui/desktop_names.py: windows and shortcut share one button of the taskbar.
!define TASKBAR_ID "GenGlossary.GenGlossary"
!define FILE_KIND "GenGlossary.Project"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define PROGRAM_KEY "Software\Classes\Applications\genglossary-gui.exe"

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "InstallFolder"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME}"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT"

!define MUI_ICON "${ICONS}/genglossary.ico"
!define MUI_UNICON "${ICONS}/genglossary.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\genglossary-gui.exe"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${NAME}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "InstallerLanguage"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString TEXT_PROGRAM ${LANG_ENGLISH} "GenGlossary"
LangString TEXT_PROGRAM ${LANG_JAPANESE} "GenGlossary 本体"
LangString TEXT_PROGRAM_MORE ${LANG_ENGLISH} "The window and the command line, with everything they need."
LangString TEXT_PROGRAM_MORE ${LANG_JAPANESE} "ウィンドウとコマンドライン、および必要なものすべて。"
LangString TEXT_FILES ${LANG_ENGLISH} "Open project files"
LangString TEXT_FILES ${LANG_JAPANESE} "プロジェクトファイルを開く"
LangString TEXT_FILES_MORE ${LANG_ENGLISH} "A double click on a .genglossary file opens it."
LangString TEXT_FILES_MORE ${LANG_JAPANESE} ".genglossary ファイルをダブルクリックで開けるようにします。"
LangString TEXT_DESKTOP ${LANG_ENGLISH} "Shortcut on the desktop"
LangString TEXT_DESKTOP ${LANG_JAPANESE} "デスクトップのショートカット"
LangString TEXT_DESKTOP_MORE ${LANG_ENGLISH} "The start menu has one in any case."
LangString TEXT_DESKTOP_MORE ${LANG_JAPANESE} "スタートメニューには必ず追加されます。"
LangString TEXT_KIND ${LANG_ENGLISH} "GenGlossary project"
LangString TEXT_KIND ${LANG_JAPANESE} "GenGlossary プロジェクト"
LangString TEXT_ABOUT ${LANG_ENGLISH} "Make a glossary with evidence from a folder of documents"
LangString TEXT_ABOUT ${LANG_JAPANESE} "文書のフォルダーから根拠付きの用語集を作成します"
LangString TEXT_64_BIT ${LANG_ENGLISH} "GenGlossary needs a 64-bit Windows 10 or newer."
LangString TEXT_64_BIT ${LANG_JAPANESE} "GenGlossary には 64 ビット版の Windows 10 以降が必要です。"
LangString TEXT_OPEN ${LANG_ENGLISH} "GenGlossary is open. Close its windows and try again."
LangString TEXT_OPEN ${LANG_JAPANESE} "GenGlossary が開いています。ウィンドウを閉じてから、もう一度お試しください。"
LangString TEXT_FOREIGN ${LANG_ENGLISH} "This folder holds other files. Choose a folder that is empty or new."
LangString TEXT_FOREIGN ${LANG_JAPANESE} "このフォルダーにはほかのファイルがあります。空のフォルダーか新しいフォルダーを選んでください。"

; A running program's file cannot be written: better said before anything is removed.
!macro REFUSE_WHILE_OPEN
  ${If} ${FileExists} "$INSTDIR\genglossary-gui.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\genglossary-gui.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(TEXT_OPEN)" /SD IDOK
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Windows groups windows and shortcut by this name, and a pinned shortcut starts the right program.
!macro NAME_SHORTCUT SHORTCUT
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${SHORTCUT}",2)'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call 'Oleaut32::SysAllocString(w "${TASKBAR_ID}")p.r3'
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r4'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_BSTR},,p r3)p.r5'
        ${IPropertyStore::SetValue} $2 '($4,$5)'
        ${IPropertyStore::Commit} $2 ""
        System::Call 'Oleaut32::SysFreeString(p r3)'
        System::Free $4
        System::Free $5
        ${IUnknown::Release} $2 ""
        ${IPersistFile::Save} $1 '("${SHORTCUT}",1)'
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(TEXT_64_BIT)" /SD IDOK
    Abort
  ${EndIf}
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section "$(TEXT_PROGRAM)" SectionProgram
  SectionIn RO
  !insertmacro REFUSE_WHILE_OPEN
  ; Uninstalling removes the folder with all that is in it: it must be ours alone.
  ${IfNot} ${FileExists} "$INSTDIR\genglossary.exe"
    ${If} ${FileExists} "$INSTDIR\*.*"
      ${DirState} "$INSTDIR" $0
      ${If} $0 = 1
        MessageBox MB_OK|MB_ICONEXCLAMATION "$(TEXT_FOREIGN)" /SD IDOK
        Abort
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ; No library of an earlier version may remain beside the new ones.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*.*"
  File "${ICONS}/document.ico"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\genglossary-gui.exe" "" "" 0 SW_SHOWNORMAL "" "$(TEXT_ABOUT)"
  !insertmacro NAME_SHORTCUT "$SMPROGRAMS\${NAME}.lnk"

  WriteRegStr HKCU "Software\${NAME}" "InstallFolder" "$INSTDIR"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\genglossary-gui.exe" "" "$INSTDIR\genglossary-gui.exe"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\genglossary.exe" "" "$INSTDIR\genglossary.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\genglossary-gui.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Section "$(TEXT_FILES)" SectionFiles
  WriteRegStr HKCU "Software\Classes\.genglossary" "" "${FILE_KIND}"
  WriteRegStr HKCU "Software\Classes\.genglossary" "Content Type" "application/x-genglossary"
  WriteRegStr HKCU "Software\Classes\.genglossary\OpenWithProgids" "${FILE_KIND}" ""
  WriteRegStr HKCU "Software\Classes\${FILE_KIND}" "" "$(TEXT_KIND)"
  WriteRegStr HKCU "Software\Classes\${FILE_KIND}" "AppUserModelID" "${TASKBAR_ID}"
  WriteRegStr HKCU "Software\Classes\${FILE_KIND}\DefaultIcon" "" "$INSTDIR\document.ico"
  WriteRegStr HKCU "Software\Classes\${FILE_KIND}\shell\open\command" "" '"$INSTDIR\genglossary-gui.exe" "%1"'
  WriteRegStr HKCU "${PROGRAM_KEY}" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${PROGRAM_KEY}\SupportedTypes" ".genglossary" ""
  WriteRegStr HKCU "${PROGRAM_KEY}\shell\open\command" "" '"$INSTDIR\genglossary-gui.exe" "%1"'
  ${RefreshShellIcons}
SectionEnd

Section /o "$(TEXT_DESKTOP)" SectionDesktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\genglossary-gui.exe" "" "" 0 SW_SHOWNORMAL "" "$(TEXT_ABOUT)"
  !insertmacro NAME_SHORTCUT "$DESKTOP\${NAME}.lnk"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionProgram} "$(TEXT_PROGRAM_MORE)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionFiles} "$(TEXT_FILES_MORE)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SectionDesktop} "$(TEXT_DESKTOP_MORE)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; Projects and settings are the person's and stay.
Section "Uninstall"
  !insertmacro REFUSE_WHILE_OPEN
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\genglossary.exe"
  Delete "$INSTDIR\genglossary-gui.exe"
  Delete "$INSTDIR\document.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ; Another program may have taken the files over meanwhile.
  ReadRegStr $0 HKCU "Software\Classes\.genglossary" ""
  ${If} $0 == "${FILE_KIND}"
    DeleteRegKey HKCU "Software\Classes\.genglossary"
  ${Else}
    DeleteRegValue HKCU "Software\Classes\.genglossary\OpenWithProgids" "${FILE_KIND}"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${FILE_KIND}"
  DeleteRegKey HKCU "${PROGRAM_KEY}"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\genglossary-gui.exe"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\genglossary.exe"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\${NAME}"
  ${RefreshShellIcons}
SectionEnd
