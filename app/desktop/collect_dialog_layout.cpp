// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/collect_dialog.h"

#include "panels/camera_view.h"
#include "panels/class_recorder.h"
#include "panels/elided_label.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace netloom {

namespace {

constexpr int kClassesWidth = 424;

} // namespace

CollectDialog::CollectDialog(const QString &folder, Purpose purpose, QWidget *parent) : QDialog(parent), m_purpose(purpose)
{
    setObjectName("collectDialog");
    setWindowTitle(tr("Collect pictures"));
    resize(1120, 700);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(20);
    middle->addWidget(makeLive(), 1);
    middle->addWidget(makeClasses());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(16);
    column->addLayout(middle, 1);
    column->addWidget(makeFooter());
    connectCamera();
    connectWriter();
    applyLook();
    setFolder(folder);
    m_newClass->setFocus();
}

CollectDialog::~CollectDialog() = default;

QWidget *CollectDialog::makeLive()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_input = new QComboBox;
    m_input->setObjectName("cameraInput");
    m_input->setAccessibleName(tr("Camera or video"));
    m_input->setFocusPolicy(Qt::TabFocus); // else it takes the number keys once it was clicked
    m_view = new CameraView;
    column->addWidget(m_input);
    column->addWidget(m_view, 1);
    column->addWidget(makeOptions());
    return page;
}

QWidget *CollectDialog::makeOptions()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(16);
    const auto check = [&](const char *name, const QString &text, const QString &toolTip) {
        auto *box = new QCheckBox(text);
        box->setObjectName(name);
        box->setToolTip(toolTip);
        line->addWidget(box);
        return box;
    };
    m_square = check("collectSquare", tr("Square"), tr("Writes the middle of the picture, as high as it is wide"));
    m_square->setChecked(true);
    m_mirror = check("collectMirror", tr("Mirror"), tr("Shows the picture as in a mirror"));
    m_mirrorFiles = check("collectMirrorFiles", tr("Mirror the files, too"), tr("Writes the pictures as in a mirror; else as the camera sees them"));
    for (QCheckBox *box : {m_square, m_mirror, m_mirrorFiles})
        connect(box, &QCheckBox::toggled, this, &CollectDialog::applyLook);
    line->addStretch(1);
    m_format = new QComboBox;
    m_format->setObjectName("collectFormat");
    m_format->setAccessibleName(tr("File format"));
    m_format->setFocusPolicy(Qt::TabFocus);
    m_format->addItem(tr("JPEG"));
    m_format->addItem(tr("PNG"));
    m_format->setToolTip(tr("JPEG is small; PNG keeps every pixel as it is"));
    line->addWidget(m_format);
    return row;
}

QWidget *CollectDialog::makeClasses()
{
    auto *page = new QWidget;
    page->setFixedWidth(kClassesWidth);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_newClass = new QLineEdit;
    m_newClass->setObjectName("newClass");
    m_newClass->setPlaceholderText(tr("Name of a new class"));
    m_newClass->setAccessibleName(m_newClass->placeholderText());
    m_add = new QPushButton(themedIcon("plus"), tr("Add"));
    m_add->setObjectName("addClass");
    m_add->setAutoDefault(false);
    auto *adding = new QHBoxLayout;
    adding->setSpacing(8);
    adding->addWidget(m_newClass, 1);
    adding->addWidget(m_add);
    connect(m_newClass, &QLineEdit::returnPressed, this, &CollectDialog::addClass);
    connect(m_add, &QPushButton::clicked, this, &CollectDialog::addClass);
    m_hint = new QLabel;
    m_hint->setObjectName("collectHint");
    m_hint->setWordWrap(true);
    m_hint->setMinimumHeight(m_hint->fontMetrics().height() * 2 + 4);
    m_hint->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setTextRole(m_hint, TextRole::Muted);

    auto *classes = new QWidget;
    m_list = new QVBoxLayout(classes);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(8);
    m_list->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setObjectName("collectClasses");
    scroll->setAccessibleName(tr("Classes"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(classes);
    column->addLayout(adding);
    column->addWidget(m_hint);
    column->addWidget(scroll, 1);
    column->addWidget(makeFolderRow());
    return page;
}

QWidget *CollectDialog::makeFolderRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto *caption = new QLabel(tr("In"));
    setTextRole(caption, TextRole::Muted);
    m_folderLabel = new ElidedLabel;
    m_folderLabel->setObjectName("collectFolder");
    m_folderLabel->setMinimumWidth(60);
    m_folderLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *change = new QPushButton(themedIcon("folder"), tr("Change…"));
    change->setObjectName("changeFolder");
    change->setAutoDefault(false);
    connect(change, &QPushButton::clicked, this, &CollectDialog::browseFolder);
    line->addWidget(caption);
    line->addWidget(m_folderLabel, 1);
    line->addWidget(change);
    return row;
}

QWidget *CollectDialog::makeFooter()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    const auto button = [&](const char *name, const QString &text) {
        auto *made = new QPushButton(text);
        made->setObjectName(name);
        made->setAutoDefault(false);
        return made;
    };
    m_undo = button("collectUndo", tr("Undo last recording"));
    m_undo->setIcon(themedIcon("undo"));
    m_undo->setEnabled(false);
    m_undo->setToolTip(tr("Moves its pictures into the folder %1 beside the classes").arg(PictureCollection::kRemovedFolder));
    connect(m_undo, &QPushButton::clicked, this, &CollectDialog::takeBack);
    m_status = new QLabel;
    m_status->setObjectName("collectStatus");
    m_status->setWordWrap(true);
    m_status->setMinimumHeight(m_status->fontMetrics().height() * 2);
    m_use = button("collectUse", m_purpose == Purpose::FillSource ? tr("Done") : tr("Use as data"));
    setPrimary(m_use);
    connect(m_use, &QPushButton::clicked, this, [this] { m_purpose == Purpose::FillSource ? reject() : accept(); });
    line->addWidget(m_undo);
    line->addSpacing(8);
    line->addWidget(m_status, 1);
    if (m_purpose == Purpose::Collect) {
        auto *close = button("collectClose", tr("Close"));
        connect(close, &QPushButton::clicked, this, &QDialog::reject);
        line->addWidget(close);
    }
    line->addWidget(m_use);
    return row;
}

void CollectDialog::say(const QString &text, bool isError)
{
    setTextRole(m_status, isError ? TextRole::Error : TextRole::Muted);
    m_status->setText(text);
}

} // namespace netloom
