// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QColor>
#include <QImage>

#include <functional>
#include <vector>

namespace netloom {

/// Pictures in rows, under headings, with a caption each. Only what is visible is asked for and painted, so that a hundred thousand
/// scroll as ten do. The same picture may be there more than once: places count from 0 over all headings.
class PictureGrid : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Section {
        QString title;          ///< "" for none
        QString note;           ///< a sentence below it; "" for none
        std::vector<int> items; ///< what the look function knows them by
    };
    /// How one item looks right now.
    struct Look {
        const QImage *picture = nullptr; ///< nullptr: not there yet; null: there is none
        QString caption;
        QString note = {}; ///< below the caption, where there are two lines
        QColor dot = {};   ///< before the caption; invalid for none
        bool dimmed = false;
        QString toolTip;  ///< also what a screen reader says
    };

    explicit PictureGrid(QWidget *parent = nullptr);

    void setLook(std::function<Look(int item)> look) { m_look = std::move(look); }
    /// What is shown while there is no picture at all.
    void setEmptyText(const QString &icon, const QString &heading, const QString &sentence);
    /// Shows these from the top, with nothing selected.
    void setSections(std::vector<Section> sections);
    /// The box that a picture is fitted into, px.
    void setPictureSide(int side);
    int pictureSide() const { return m_side; }
    /// Two leave room for a note below the caption.
    void setCaptionLines(int lines);
    /// No row gets longer than this; 0 for as long as there is room.
    void setMostColumns(int columns);

    int count() const { return int(m_items.size()); }
    int itemAt(int place) const { return m_items[std::size_t(place)]; }
    /// The place that the keys are at; -1 for none.
    int current() const { return m_current; }
    /// Items in order, each once.
    std::vector<int> selectedItems() const;
    /// Selects one place and scrolls to it; -1 selects nothing.
    void setCurrent(int place);
    void selectItems(const std::vector<int> &items);
    /// Places that can be seen, and so many rows more below and above.
    std::vector<int> visibleItems(int rowsMore = 0) const;
    /// Of a place, in the viewport.
    QRect cellRect(int place) const;

signals:
    void visibleChanged();
    void selectionChanged(); ///< or the current one
    void activated(int item);
    void menuRequested(const QPoint &globalPosition);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    static constexpr int kMargin = 12;  ///< px around everything
    static constexpr int kPadding = 6;  ///< around a picture
    static constexpr int kCaption = 20; ///< height
    static constexpr int kNote = 16;    ///< height
    static constexpr int kTitle = 34;   ///< height

    struct Block { ///< one section, laid out
        int first = 0;  ///< place
        int count = 0;
        int top = 0;    ///< of the heading, px
        int body = 0;   ///< of the first row
    };

    void layOut();
    int rowHeight() const;
    const Block *blockOf(int place) const;
    int placeAt(const QPoint &position) const;
    std::pair<int, int> placesBetween(int top, int bottom) const; ///< first and one past the last
    int placeFrom(int place, int key) const;
    void select(int place, Qt::KeyboardModifiers modifiers);
    void reveal(int place);
    void announce();
    void paintHeading(QPainter &painter, const Section &section, const Block &block, int top) const;
    void paintCell(QPainter &painter, const QRect &cell, int place) const;

    std::function<Look(int)> m_look;
    std::vector<Section> m_sections;
    std::vector<Block> m_blocks;
    std::vector<int> m_items;      ///< by place
    std::vector<bool> m_selected;  ///< by place
    QString m_emptyIcon, m_emptyHeading, m_emptySentence;
    int m_side = 96;
    int m_captionLines = 1;
    int m_columns = 1;
    int m_mostColumns = 0;
    int m_current = -1;
    int m_anchor = -1; ///< where a range begins
};

} // namespace netloom
