"""Installs the Debian package into a clean root and uses it there as a person would; then removes it again.

    make check-deb [ARGS=PACKAGE]

Works in a root made by debootstrap, in a namespace of its own: whatever happens, its processes and mounts end with it.
The screen is outside the root, so that it brings no libraries the package should have asked for.  Needs root.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.package.product import BUILD, DIST, FILE_TYPE, NAME, ROOT
from scripts.package.screen import Screen, until, virtual_screen

WORK = BUILD / "check-deb"
BASE = WORK / "base.tar"
CLEAN = WORK / "root"
PICTURES = WORK / "pictures"
USER = "tester"
HOME = f"/home/{USER}"
# What a desktop has and a bare root has not, for opening files by double click.
DESKTOP_TOOLS = ("desktop-file-utils", "libglib2.0-bin", "man-db", "shared-mime-info", "xdg-utils")
# Without a desktop xdg-utils ask `file`, which knows only what it was compiled with; on one they ask gio.
AS_ON_GNOME = ("env", "XDG_CURRENT_DESKTOP=GNOME")
RECOMMENDED = ("fonts-noto-cjk", "hicolor-icon-theme")
# Written by the system for its own use; the rest must be as before.
OF_THE_SYSTEM = ("/proc", "/sys", "/dev", "/tmp", "/run", "/var/cache", "/var/log", "/var/lib/dpkg", "/var/lib/apt")
OF_THE_SYSTEM += ("/etc/ld.so.cache", "/var/lib/systemd")
RUN_SECONDS = 180.0
START_SECONDS = 60.0


def main(arguments: list[str]) -> int:
    is_inside = arguments[:1] == ["--inside"]
    named = [Path(argument).resolve() for argument in arguments[is_inside:]]
    package = next(iter(named or sorted(DIST.glob(f"{NAME}_*.deb"))), None)
    if package is None or not package.is_file():
        print("There is no package in dist yet: make deb", file=sys.stderr)
        return 1
    if not is_inside:
        return _in_namespace(package)
    check = Check(package)
    try:
        with virtual_screen() as screen:
            check.everything(screen)
    except Exception as error:  # the border of the check: what was printed before tells how far it came
        print(f"FAILED  {check.now}: {error}", flush=True)
        return 1
    print(f"The package is in order; pictures are in {PICTURES.relative_to(ROOT)}.")
    return 0


def _in_namespace(package: Path) -> int:
    """The exit code of the check, after which none of its processes and mounts is left."""
    if os.geteuid() != 0:
        print("A clean root can only be made by root: sudo make check-deb", file=sys.stderr)
        return 1
    WORK.mkdir(parents=True, exist_ok=True)
    _make_base()
    inside = [sys.executable, "-m", "scripts.package.check_debian", "--inside", package]
    namespace = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    try:
        return subprocess.run([*namespace, *inside], cwd=ROOT, check=False).returncode
    finally:
        # Nothing is mounted there any more; should something be, it is not touched.
        subprocess.run(["rm", "-rf", "--one-file-system", CLEAN], check=False)


def _make_base() -> None:
    """The bare system, kept for the next time; from where this machine gets its packages."""
    if BASE.is_file():
        return
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
    print(f"Making a bare {suite} (a few minutes the first time) ...", flush=True)
    shutil.rmtree(CLEAN, ignore_errors=True)
    subprocess.run(["debootstrap", "--variant=minbase", suite, CLEAN, listed[0]], check=True, stdout=subprocess.DEVNULL)
    partial = BASE.with_suffix(".part")
    subprocess.run(["tar", "-C", CLEAN, "-cf", partial, "."], check=True)
    partial.rename(BASE)
    shutil.rmtree(CLEAN)


class Check:
    """One package in one clean root; ``now`` says what is being done."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self.now = ""
        self.bare: set[str] = set()

    def everything(self, screen: Screen) -> None:
        """All steps in order; raises at the first that fails."""
        self._step("clean root", self._unpack)
        before = self._all_files()
        self._step("install with what it depends on", self._install)
        self._step("self-tests", self._self_test)
        self._step("sample on the command line", self._build_sample)
        self._step("window, and a run in it", lambda: self._use_window(screen))
        self._step("desktop", lambda: self._apt("install", *DESKTOP_TOOLS, *RECOMMENDED))
        self._step("type of project files", self._ask_for_type)
        self._step("open a project by its file", lambda: self._open_file(screen))
        self._step("manual pages", self._read_manual)
        self._step("desktop entry and metadata", self._validate)
        self._step("remove", lambda: self._remove(before))
        self._step("lintian", self._lint)

    def _step(self, name: str, act: Callable[[], str]) -> None:
        self.now = name
        begun = time.monotonic()
        detail = act()
        print(f"ok      {name}: {detail} ({time.monotonic() - begun:.1f} s)", flush=True)

    # The root

    def _unpack(self) -> str:
        shutil.rmtree(CLEAN, ignore_errors=True)
        shutil.rmtree(PICTURES, ignore_errors=True)
        CLEAN.mkdir()
        PICTURES.mkdir()
        subprocess.run(["tar", "-C", CLEAN, "-xf", BASE], check=True)
        for kind, place in (("proc", "proc"), ("tmpfs", "dev/shm")):
            (CLEAN / place).mkdir(exist_ok=True)
            subprocess.run(["mount", "-t", kind, kind, CLEAN / place], check=True)
        _bind("/tmp/.X11-unix", CLEAN / "tmp/.X11-unix")
        # Packages that were fetched once need not be fetched again.
        (WORK / "archives").mkdir(exist_ok=True)
        _bind(str(WORK / "archives"), CLEAN / "var/cache/apt/archives")
        shutil.copyfile("/etc/resolv.conf", CLEAN / "etc/resolv.conf")
        self._as_root("useradd", "--create-home", USER)
        self._apt("update")
        return f"{len(self._all_files())} files"

    def _all_files(self) -> set[str]:
        found = set()
        for folder, folders, files in os.walk(CLEAN):
            inside = f"/{os.path.relpath(folder, CLEAN)}/".replace("/./", "/")
            folders[:] = [name for name in folders if not _is_of_system(inside + name)]
            found |= {inside + name for name in (*files, *folders)}
        return {place for place in found if not _is_of_system(place)}

    def _install(self) -> str:
        shutil.copyfile(self.package, CLEAN / "tmp" / self.package.name)
        self.bare = self._packages()
        self._apt("install", f"/tmp/{self.package.name}")
        return f"{len(self._packages() - self.bare) - 1} further packages came with it"

    def _packages(self) -> set[str]:
        return set(self._as_root("dpkg-query", "-W", "-f", "${Package}\n").split())

    def _remove(self, before: set[str]) -> str:
        self._as_root("apt-get", "-qq", "-y", "purge", NAME)
        left = [place for place in sorted(self._all_files()) if NAME in place.lower() and not place.startswith(HOME)]
        if left:
            raise RuntimeError(f"left over: {', '.join(left)}")
        # Not autoremove: it keeps what another package merely suggests.
        self._as_root("apt-get", "-qq", "-y", "purge", *sorted(self._packages() - self.bare))
        if others := sorted(place for place in self._all_files() - before if not place.startswith(HOME)):
            raise RuntimeError(f"left over: {', '.join(others)}")
        own = sorted(place.name for place in (CLEAN / HOME[1:]).rglob("*.genglossary"))
        return f"no file is left of it and what came with it, but the person's own: {', '.join(own)}"

    # The program

    def _self_test(self) -> str:
        versions = {self._as_user(name, "--version").strip() for name in ("genglossary", "genglossary-gui")}
        for command in (("genglossary", "self-test"), ("genglossary-gui", "--self-test")):
            self._as_user(*command)
        return ", ".join(versions)

    def _build_sample(self) -> str:
        samples = next((CLEAN / "usr/lib" / NAME).rglob("samples/ja"))
        self._as_user("genglossary", "build", f"/{samples.relative_to(CLEAN)}", "-o", "glossary.json", "--quiet")
        entries = json.loads((CLEAN / HOME[1:] / "glossary.json").read_text(encoding="utf-8"))["entries"]
        suggested = sum(1 for entry in entries if entry["suggested"])
        return f"{suggested} of {len(entries)} Japanese terms suggested"

    def _use_window(self, screen: Screen) -> str:
        begun = time.monotonic()
        with self._program(screen, "genglossary-gui", "--sample") as process:
            window = screen.wait_for_window("GenGlossary", START_SECONDS)
            shown, used = time.monotonic() - begun, _cpu_seconds(process.pid)
            self._check_class(screen, window)
            project = next((CLEAN / HOME[1:]).rglob("*.genglossary"))
            # A person looks before pressing a key; the documents are being listed meanwhile.
            time.sleep(3)
            screen.picture(PICTURES / "sample.png")
            screen.press(window, "ctrl+r")
            inside = f"/{project.relative_to(CLEAN)}"
            status = until(lambda: self._ended_run(inside), RUN_SECONDS, "the end of the run")
            time.sleep(2)
            screen.picture(PICTURES / "run.png")
            if status != "completed":
                raise RuntimeError(f"the run ended as {status}")
            screen.press(window, "ctrl+q")
        return f"shown after {shown:.1f} s ({used:.1f} s of a processor), the run completed"

    def _check_class(self, screen: Screen, window: str) -> None:
        entry = (CLEAN / "usr/share/applications/genglossary.desktop").read_text(encoding="utf-8")
        names = screen.class_of(window)
        if not any(f"StartupWMClass={name}\n" in entry for name in names):
            raise RuntimeError(f"no StartupWMClass of the desktop entry among {names}")

    def _ended_run(self, project: str) -> str:
        runs = json.loads(self._as_user("genglossary", "runs", project, "--json"))["runs"]
        return runs[0]["status"] if runs and runs[0]["status"] not in ("queued", "pending", "running") else ""

    # The desktop around it

    def _validate(self) -> str:
        share = CLEAN / "usr/share"
        _outside("desktop-file-validate", share / f"applications/{NAME}.desktop")
        _outside("appstreamcli", "validate", "--no-net", next((share / "metainfo").iterdir()))
        return "desktop-file-validate and appstreamcli have nothing to say"

    def _lint(self) -> str:
        _outside("lintian", "--fail-on", "error,warning", self.package)
        return "no error and no warning; its overrides say why"

    def _ask_for_type(self) -> str:
        project = next((CLEAN / HOME[1:]).rglob("*.genglossary"))
        for name in ("my.genglossary", "without-ending"):
            self._as_user("cp", f"/{project.relative_to(CLEAN)}", name)
        mime = FILE_TYPE.replace("-", "/", 1)
        for name in ("my.genglossary", "without-ending"):
            asked = self._as_user(*AS_ON_GNOME, "xdg-mime", "query", "filetype", name)
            if (told := asked.strip()) != mime:
                raise RuntimeError(f"{name} is taken for {told}")
        told = self._as_user("xdg-mime", "query", "default", mime).strip()
        if told != f"{NAME}.desktop":
            raise RuntimeError(f"{mime} is opened by {told or 'nothing'}")
        return f"{mime} by name and by content, opened by {told}"

    def _open_file(self, screen: Screen) -> str:
        titles = []
        for opener, language in ((("xdg-open",), "en"), (("gio", "open"), "ja")):
            # The root has no locale but C; the program asks this variable for its language.
            spoken = f"LC_MESSAGES={'ja_JP.UTF-8' if language == 'ja' else 'C.UTF-8'}"
            with self._program(screen, *AS_ON_GNOME, spoken, *opener, "my.genglossary", language=language):
                window = screen.wait_for_window("GenGlossary", START_SECONDS)
                time.sleep(3)
                screen.picture(PICTURES / f"opened-{language}.png")
                titles.append(screen.title_of(window))
                screen.press(window, "ctrl+q")
                until(lambda: not screen.is_shown("GenGlossary"), START_SECONDS, "the end of the window")
        remembered = self._as_user("sh", "-c", "grep -rl my.genglossary .local/share/GenGlossary || true")
        if not remembered:
            raise RuntimeError("the project is not among those that were opened")
        return " / ".join(titles)

    def _read_manual(self) -> str:
        for language, heading in (("en", "NAME"), ("ja", "名前")):
            for name in ("genglossary", "genglossary-gui"):
                text = self._as_user("man", "-L", language, name, language=language)
                if heading not in text or "\\f" in text:
                    raise RuntimeError(f"man {name} ({language}) shows {text[:80]!r}")
        return "both programs, English and Japanese"

    # Processes in the root

    def _apt(self, action: str, *names: str) -> str:
        self._as_root("apt-get", "-qq", "-y", "--no-install-recommends", action, *names)
        return " ".join(names)

    def _as_root(self, *command: str) -> str:
        return _run(["chroot", str(CLEAN), *_environment("/root", "", "en"), *command])

    def _as_user(self, *command: str, language: str = "en") -> str:
        return _run([*self._user(), *_environment(HOME, "", language), *_at_home(command)])

    def _user(self) -> list[str]:
        return ["chroot", f"--userspec={USER}:{USER}", str(CLEAN)]

    @contextmanager
    def _program(self, screen: Screen, *command: str, language: str = "en") -> Iterator[subprocess.Popen[bytes]]:
        """Runs beside the block; what it says is told when the block fails."""
        with (WORK / "program.log").open("w+", encoding="utf-8") as log:
            process = subprocess.Popen(
                [*self._user(), *_environment(HOME, screen.display, language), *_at_home(command)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
            try:
                yield process
                if (code := process.wait(START_SECONDS)) != 0:
                    raise RuntimeError(f"{command[0]} ended with {code}")
            except Exception as error:
                screen.picture(PICTURES / "failed.png")
                log.seek(0)
                raise RuntimeError(f"{error}\n{log.read()}") from error
            finally:
                process.kill()
                process.wait()


def _cpu_seconds(process: int) -> float:
    """What it has used so far: unlike the time that passed, that does not depend on what else the machine does."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _environment(home: str, display: str, language: str) -> list[str]:
    """A command that starts another one with nothing of our own environment."""
    values = {
        "HOME": home,
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "LANG": "C.UTF-8",
        "LANGUAGE": language,
        "DEBIAN_FRONTEND": "noninteractive",
    }
    if display:
        values["DISPLAY"] = display
    return ["env", "-i", *(f"{name}={value}" for name, value in values.items())]


def _at_home(command: tuple[str, ...]) -> list[str]:
    return ["sh", "-c", 'cd && exec "$@"', "sh", *command]


def _bind(source: str, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "--bind", source, place], check=True)


def _is_of_system(place: str) -> bool:
    return any(place == known or place.startswith(f"{known}/") for known in OF_THE_SYSTEM)


def _outside(*command: str | Path) -> None:
    said = _run([str(part) for part in command], with_errors=True)
    if command[0] == "desktop-file-validate" and said.strip():
        raise RuntimeError(said.strip())


def _run(command: list[str], *, with_errors: bool = False) -> str:
    """What it prints; raises with its last lines when it fails."""
    errors = subprocess.STDOUT if with_errors else subprocess.PIPE
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL, text=True, check=False
    )
    if done.returncode != 0:
        said = "\n".join((done.stdout + (done.stderr or "")).strip().splitlines()[-25:])
        raise RuntimeError(f"{' '.join(command[-4:])} ended with {done.returncode}\n{said}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
