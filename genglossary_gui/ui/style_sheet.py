"""The part of the look that a palette cannot say; ``$names`` are the colours of ``theme.Theme``.

``$icons`` is the folder of the icons,
  ``$on_accent_name`` the word for the colour ``on_accent`` in their names.
"""

from __future__ import annotations

from string import Template

STYLE_SHEET = Template("""
QToolBar { background: $window; border: 0; border-bottom: 1px solid $border; padding: 6px 8px; spacing: 4px; }
QToolBar::separator { background: $border; width: 1px; margin: 6px 6px; }
QToolBar QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 10px; color: $text; }
QToolButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  border-radius: 6px;
  padding: 5px 34px 5px 12px; font-weight: 600; }
QToolButton[role="primary"]:hover { background: $accent_hover; }
QToolButton[role="primary"]:focus { border: 3px double $on_accent; padding: 3px 32px 3px 10px; }
QToolButton[role="primary"]:disabled { background: $hover; color: $muted; border-color: $border; }
QToolButton[role="primary"]::menu-button { border: 0; width: 24px; background: transparent; }
QToolButton[role="primary"]::menu-arrow { image: url("$icons/chevron-down-$on_accent_name.svg"); width: 14px;
  height: 14px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:disabled { color: $muted; }
QToolButton::menu-indicator { image: none; }
QToolButton[flat="true"] { border: 1px solid transparent; border-radius: 6px; padding: 4px;
  background: transparent; }
QToolButton[flat="true"]:hover { background: $hover; }
QToolButton[flat="true"]:focus { border-color: $accent; }

QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 5px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: $selection; color: $on_selection; }
QMenu::item:disabled { color: $muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 5px 6px; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 5px 7px; }

QPushButton { background: $raised; border: 1px solid $control; border-radius: 6px; padding: 6px 14px;
  min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; outline: 0; }
QPushButton:pressed { background: $selection; }
QPushButton:disabled { color: $muted; background: $window; border-color: $border; }
QPushButton[role="primary"], QPushButton:default {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton:default:hover { background: $accent_hover;
  border-color: $accent_hover; }
QPushButton[role="primary"]:focus, QPushButton:default:focus { border: 3px double $on_accent; padding: 4px 12px; }
QPushButton[role="primary"]:disabled { background: $hover; color: $muted; border-color: $border; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[role="large"] { text-align: left; padding: 12px 16px; border-radius: 8px; }
QPushButton[role="large"][primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="large"][primary="true"]:hover { background: $accent_hover; }
QPushButton[role="large"]:focus { padding: 11px 15px; }
QPushButton[role="large"][primary="true"]:focus { border: 3px double $on_accent; padding: 10px 14px; }
QPushButton[role="link"] { border: 1px solid transparent; background: transparent; color: $accent;
  padding: 4px 8px; }
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 3px 7px; }

QPushButton[role="chip"] { border-radius: 13px; padding: 3px 12px; min-height: 18px; color: $muted;
  background: transparent; }
QPushButton[role="chip"]:hover { background: $hover; }
QPushButton[role="chip"]:focus { border: 2px solid $accent; padding: 2px 11px; }
QPushButton[role="chip"]:checked { background: $selection; color: $on_selection; border-color: $accent;
  font-weight: 600; }
QPushButton[role="chip"]:checked:focus { border-color: $text; }

QLineEdit, QDialog QPlainTextEdit { background: $base; border: 1px solid $control; border-radius: 6px; padding: 5px 8px;
  min-height: 18px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QDialog QPlainTextEdit:focus { border: 2px solid $accent; padding: 4px 7px; }
QLineEdit:disabled, QLineEdit:read-only { background: $window; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled { border-color: $border; }
QComboBox, QSpinBox, QDoubleSpinBox { background: $base; border: 1px solid $control; border-radius: 6px;
  padding: 5px 8px;
  min-height: 18px; }
QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 2px solid $accent; padding: 4px 7px; }
QComboBox[role="filter"] { border-radius: 13px; padding: 3px 4px 3px 12px; background: transparent; color: $muted; }
QComboBox[role="filter"]:focus { padding: 2px 3px 2px 11px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; background: transparent; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; padding: 4px;
  selection-background-color: $selection; selection-color: $on_selection; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
  border: 0; width: 24px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px; }
QCheckBox { spacing: 8px; border: 2px solid transparent; border-radius: 5px; padding: 1px 4px 1px 1px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator:unchecked { border: 1px solid $muted; border-radius: 3px; background: $base; }
QCheckBox::indicator { width: 14px; height: 14px; }
QCheckBox::indicator:checked { border: 1px solid $accent; border-radius: 3px; background: $accent;
  image: url("$icons/check-$on_accent_name.svg"); }
QCheckBox::indicator:checked:disabled { border-color: $muted; background: $hover;
  image: url("$icons/check-muted.svg"); }
QPlainTextEdit[framed="true"] { background: $base; border: 1px solid $control; border-radius: 6px; padding: 3px 6px; }
QPlainTextEdit[framed="true"]:focus { border: 2px solid $accent; padding: 2px 5px; }
QPlainTextEdit { selection-background-color: $accent; selection-color: $on_accent; }

QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; background: $window; }
QTabBar::tab { background: transparent; color: $muted; border: 0; border-bottom: 2px solid transparent;
  padding: 8px 14px 7px 14px; margin-left: 2px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { background: $hover; }

QTableView, QTreeView, QListView { background: $base; alternate-background-color: $alternate; border: 0;
  outline: 0;
  gridline-color: $border; selection-background-color: $selection; selection-color: $on_selection; }
QTableView::item, QListView::item { padding: 0 8px; }
QTreeView::item { padding: 4px 2px; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $accent; }
QTableView, QListView, QTreeView { border: 1px solid transparent; }
QHeaderView { background: $window; border: 0; }
QHeaderView::section { background: $window; color: $muted; border: 0; border-bottom: 1px solid $border;
  padding: 6px 11px; font-weight: 600; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $window; border: 0; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QStatusBar { background: $window; border-top: 1px solid $border; color: $muted; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; padding: 2px 6px; }
QScrollArea { border: 1px solid transparent; background: $base; }
QScrollArea:focus, QTextEdit:focus { border: 1px solid $accent; }
QTextEdit { border: 1px solid transparent; }
QScrollArea[role="plain"], QWidget[role="plain"] { background: transparent; }
QProgressBar { background: $hover; border: 0; border-radius: 4px; text-align: center; color: $text; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QLabel[role="muted"], ElidedLabel[role="muted"] { color: $muted; }
QLabel[role="section"] { color: $muted; font-weight: 600; }
QLabel[role="error"] { color: $error; }
QListView[framed="true"] { border: 1px solid $control; border-radius: 6px; padding: 4px; }
QListView[framed="true"]:focus { border: 2px solid $accent; padding: 3px; }
QFrame[role="card"] { background: $base; border: 1px solid $border; border-radius: 8px; }
QFrame[role="tour"] { background: $raised; border: 1px solid $accent; border-radius: 10px; }
QFrame[role="spot"] { background: transparent; border: 2px solid $accent; border-radius: 8px; }
QFrame[role="surface"] { background: $base; }
QFrame[role="rule"] { background: $border; max-height: 1px; border: 0; }
QFrame[role="drop"] { border: 2px dashed $control; border-radius: 10px; background: transparent; }
QFrame[role="drop"][active="true"] { border-color: $accent; background: $selection; }
QFrame[banner="info"] { background: $banner_info; border: 0; border-bottom: 1px solid $border; }
QFrame[banner="success"] { background: $banner_success; border: 0; border-bottom: 1px solid $border; }
QFrame[banner="warning"] { background: $banner_warning; border: 0; border-bottom: 1px solid $border; }
QFrame[banner="error"] { background: $banner_error; border: 0; border-bottom: 1px solid $border; }
""")
