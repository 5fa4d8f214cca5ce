// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/search_popup.h"

#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace netloom {

namespace {

constexpr int kHeight = 320;
constexpr int kPictureHeight = 92;
constexpr int kAboutHeight = 168; ///< of a picture and three lines below it
constexpr int kKeyRole = Qt::UserRole;
constexpr int kDetailRole = Qt::UserRole + 1;

/// Adds the detail to what the style draws.
class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QString detail = index.data(kDetailRole).toString();
        if (detail.isEmpty())
            return;
        painter->save();
        painter->setFont(themeFont(TextRole::Small));
        painter->setPen(Theme::current().textMuted);
        painter->drawText(option.rect.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, detail);
        painter->restore();
    }
};

/// Shows the picture of the entry that is chosen.
class PicturePane : public QWidget {
public:
    std::function<void(QPainter &, const QRectF &)> picture;

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (!picture)
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::current().border, 1));
        painter.setBrush(Theme::current().canvas);
        const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawRoundedRect(area, Theme::kRadius, Theme::kRadius);
        picture(painter, area.adjusted(8, 8, -8, -8));
    }
};

} // namespace

SearchPopup::SearchPopup(const QString &name, const QString &placeholder, int width, QWidget *parent)
    : QFrame(parent), m_search(new QLineEdit), m_list(new QListWidget), m_about(new QWidget), m_picture(new PicturePane), m_text(new QLabel)
{
    setObjectName(name);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setFixedWidth(width);
    setCursor(Qt::ArrowCursor);
    m_search->setObjectName(name + QStringLiteral("Search"));
    m_search->setPlaceholderText(placeholder);
    m_search->addAction(themedIcon("search"), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setObjectName(name + QStringLiteral("List"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setIconSize({16, 16});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addWidget(m_about);
    m_about->setObjectName(name + QStringLiteral("About"));
    m_picture->setFixedHeight(kPictureHeight);
    m_text->setWordWrap(true);
    setTextRole(m_text, TextRole::Small);
    auto *about = new QVBoxLayout(m_about);
    about->setContentsMargins(0, 0, 0, 0);
    about->setSpacing(6);
    about->addWidget(m_picture);
    about->addWidget(m_text);
    m_about->hide();
    connect(m_search, &QLineEdit::textChanged, this, &SearchPopup::fill);
    connect(m_search, &QLineEdit::textEdited, this, &SearchPopup::choose);
    connect(m_list, &QListWidget::itemClicked, this, &SearchPopup::pick);
    connect(m_list, &QListWidget::currentRowChanged, this, &SearchPopup::showPicture);
    hide();
}

void SearchPopup::open(QPoint point, Provider provider)
{
    m_provider = std::move(provider);
    m_search->clear();
    const QSize room = parentWidget()->size();
    const bool hasPictures = std::ranges::any_of(m_provider({}), [](const SearchEntry &entry) { return bool(entry.picture); });
    m_most = std::min(kHeight + (hasPictures ? kAboutHeight : 0), std::max(120, room.height() - 8));
    move(std::clamp(point.x(), 4, std::max(4, room.width() - width() - 4)), std::clamp(point.y(), 4, std::max(4, room.height() - m_most - 4)));
    show();
    fill();
    raise();
    m_search->setFocus(Qt::PopupFocusReason);
}

void SearchPopup::fill()
{
    m_list->clear();
    m_entries = m_provider(m_search->text());
    QPixmap clear(m_list->iconSize()); // keeps the texts below one another
    clear.fill(Qt::transparent);
    const QIcon nothing(clear);
    for (const SearchEntry &entry : std::as_const(m_entries)) {
        auto *item = new QListWidgetItem(entry.icon.isNull() ? nothing : entry.icon, entry.text, m_list);
        item->setData(kKeyRole, entry.key);
        item->setData(kDetailRole, entry.detail);
        item->setToolTip(entry.toolTip);
    }
    if (m_list->count() == 0)
        (new QListWidgetItem(nothing, tr("Nothing found"), m_list))->setFlags(Qt::NoItemFlags);
    m_list->setCurrentRow(0);
    showPicture();
}

void SearchPopup::showPicture()
{
    const int row = m_list->currentRow();
    const SearchEntry chosen = row >= 0 && row < m_entries.size() ? m_entries[row] : SearchEntry();
    static_cast<PicturePane *>(m_picture)->picture = chosen.picture;
    m_picture->update();
    m_text->setText(chosen.toolTip);
    m_text->setVisible(!chosen.toolTip.isEmpty());
    m_about->setVisible(bool(chosen.picture));
    shrink();
}

void SearchPopup::shrink()
{
    const int rows = m_list->count() > 0 ? m_list->count() * m_list->sizeHintForRow(0) : 0;
    const int about = m_about->isHidden() ? 0 : m_about->heightForWidth(width() - 18) + 6;
    const int rest = m_search->sizeHint().height() + 30 + about;
    resize(width(), std::min(m_most, rest + std::min(rows, kHeight)));
}

void SearchPopup::pick()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || !item->flags().testFlag(Qt::ItemIsEnabled))
        return;
    const QString key = item->data(kKeyRole).toString();
    hide();
    emit picked(key);
}

void SearchPopup::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (item && item->flags().testFlag(Qt::ItemIsEnabled) && !m_search->text().isEmpty())
        emit chosen(item->data(kKeyRole).toString());
}

void SearchPopup::dismiss(bool byKey)
{
    if (!isVisible())
        return;
    hide();
    emit dismissed(byKey);
}

void SearchPopup::moveChoice(int by)
{
    m_list->setCurrentRow(std::clamp(m_list->currentRow() + by, 0, m_list->count() - 1));
    if (const QListWidgetItem *item = m_list->currentItem(); item && item->flags().testFlag(Qt::ItemIsEnabled))
        emit chosen(item->data(kKeyRole).toString());
}

bool SearchPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        dismiss(false);
    } else if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Up: moveChoice(-1); return true;
        case Qt::Key_Down: moveChoice(1); return true;
        case Qt::Key_PageUp: moveChoice(-8); return true;
        case Qt::Key_PageDown: moveChoice(8); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: pick(); return true;
        case Qt::Key_Escape:
        case Qt::Key_Tab: dismiss(true); return true;
        default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace netloom
