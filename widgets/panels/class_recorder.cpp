// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/class_recorder.h"

#include "panels/elided_label.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QToolButton>

namespace netloom {

namespace {

constexpr int kGap = 5; // px, between thumbnails

} // namespace

/// The last pictures, the newest on the left.
class ClassRecorder::Strip : public QWidget {
public:
    Strip() { setFixedSize(kThumbnails * kThumbnail + (kThumbnails - 1) * kGap, kThumbnail); }

    void show(const QList<QImage> &newestFirst)
    {
        m_pictures = newestFirst;
        update();
    }
    void add(const QImage &picture)
    {
        m_pictures.prepend(picture);
        if (m_pictures.size() > kThumbnails)
            m_pictures.removeLast();
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::current();
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        for (int place = 0; place < kThumbnails; ++place) {
            const QRectF cell(place * (kThumbnail + kGap), 0, kThumbnail, kThumbnail);
            QPainterPath shape;
            shape.addRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
            if (place >= m_pictures.size()) {
                painter.setPen(QPen(theme.border, 1, Qt::DashLine));
                painter.drawPath(shape);
                continue;
            }
            const QImage &picture = m_pictures[place];
            const double side = std::min(picture.width(), picture.height());
            painter.save();
            painter.setClipPath(shape);
            painter.drawImage(cell, picture, QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side));
            painter.restore();
        }
    }

private:
    QList<QImage> m_pictures;
};

ClassRecorder::ClassRecorder(const QString &name, QWidget *parent) : QFrame(parent), m_name(name), m_key(new QLabel), m_countLabel(new QLabel), m_strip(new Strip)
{
    setObjectName("class_" + name);
    auto *title = new ElidedLabel(name);
    title->setToolTip(name);
    title->setMinimumWidth(40);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setTextRole(title, TextRole::Section);
    m_key->setAlignment(Qt::AlignCenter);
    m_key->setFixedWidth(16);
    setTextRole(m_key, TextRole::Small);
    m_countLabel->setObjectName("count_" + name);
    setTextRole(m_countLabel, TextRole::Muted);
    m_record = new QPushButton(themedIcon("record", Theme::current().error), tr("Record"));
    m_record->setObjectName("record_" + name);
    m_record->setAccessibleName(tr("Record %1").arg(name));
    m_record->setAutoDefault(false);
    m_record->setMinimumSize(116, 76);
    m_record->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(m_record, &QPushButton::pressed, this, &ClassRecorder::held);
    connect(m_record, &QPushButton::released, this, &ClassRecorder::letGo);

    auto *top = new QHBoxLayout;
    top->setSpacing(6);
    top->addWidget(m_key);
    top->addWidget(title, 1);
    top->addWidget(m_countLabel);
    top->addWidget(makeMenu());
    auto *left = new QVBoxLayout;
    left->setSpacing(6);
    left->addLayout(top);
    left->addWidget(m_strip);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 8, 10, 10);
    row->setSpacing(12);
    row->addLayout(left);
    row->addWidget(m_record, 1);
    showCount();
}

QToolButton *ClassRecorder::makeMenu()
{
    auto *more = new QToolButton;
    more->setObjectName("more_" + m_name);
    more->setIcon(themedIcon("more"));
    more->setToolTip(tr("Rename or delete %1").arg(m_name));
    more->setAccessibleName(more->toolTip());
    more->setAutoRaise(true);
    more->setFixedSize(26, 24);
    auto *menu = new QMenu(more);
    connect(menu->addAction(tr("&Rename…")), &QAction::triggered, this, &ClassRecorder::renameRequested);
    m_remove = menu->addAction(themedIcon("trash"), tr("&Delete"));
    connect(m_remove, &QAction::triggered, this, &ClassRecorder::removeRequested);
    // Not setMenu(): its arrow lies on the icon.
    connect(more, &QToolButton::clicked, menu, [more, menu] { menu->popup(more->mapToGlobal(QPoint(0, more->height()))); });
    return more;
}

void ClassRecorder::setKey(int key)
{
    m_key->setText(key > 0 ? QString::number(key) : QString());
    m_record->setToolTip(key > 0 ? tr("Records as long as you hold it, or the key %1").arg(key) : tr("Records as long as you hold it"));
}

void ClassRecorder::setPictures(qint64 count, const QList<QImage> &thumbnails)
{
    m_count = count;
    m_strip->show(thumbnails);
    showCount();
}

void ClassRecorder::addPicture(const QImage &thumbnail)
{
    ++m_count;
    m_strip->add(thumbnail);
    showCount();
}

void ClassRecorder::showCount()
{
    m_countLabel->setText(QLocale().toString(m_count));
    m_countLabel->setAccessibleName(m_count == 1 ? tr("1 picture of %1").arg(m_name) : tr("%1 pictures of %2").arg(m_count).arg(m_name));
    m_remove->setEnabled(m_count == 0);
    m_remove->setText(m_count == 0 ? tr("&Delete") : tr("Delete (only without pictures)"));
}

void ClassRecorder::setCanRecord(bool can)
{
    m_record->setEnabled(can);
}

void ClassRecorder::setRecording(bool recording)
{
    m_recording = recording;
    m_record->setText(recording ? tr("Recording") : tr("Record"));
    update();
}

void ClassRecorder::focusButton()
{
    m_record->setFocus();
}

void ClassRecorder::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_recording ? QPen(theme.error, 2) : QPen(theme.border, theme.edge));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::kRadius, Theme::kRadius);
}

} // namespace netloom
