// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QIcon>

#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;

namespace netloom {

/// One thing that a search popup offers.
struct SearchEntry {
    QString key;     ///< what picked() tells
    QString text;
    QString detail;  ///< muted, at the right: a shortcut
    QIcon icon;
    QString toolTip;
    std::function<void(QPainter &, const QRectF &)> picture; ///< shown, with the tool tip's text, while the entry is chosen; mostly none
};

/// A search that pops up inside a widget: typing asks the provider, Up and Down choose, Return or a click picks, Esc or a click elsewhere
/// closes it.
class SearchPopup : public QFrame {
    Q_OBJECT
public:
    /// The entries that answer a text, best first; all for an empty one.
    using Provider = std::function<QList<SearchEntry>(const QString &text)>;

    /// Its object name is @p name, the field's and the list's are @p name + "Search" and + "List".
    SearchPopup(const QString &name, const QString &placeholder, int width, QWidget *parent);

    /// Opens with its corner at @p point, moved as far as it needs to lie inside the parent.
    void open(QPoint point, Provider provider);

signals:
    void picked(const QString &key);
    /// Typing or an arrow key has led to this entry.
    void chosen(const QString &key);
    /// Closed without a pick: by Esc, or by a click elsewhere.
    void dismissed(bool byKey);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void showPicture();
    void shrink();
    void pick();
    void choose();
    void dismiss(bool byKey);
    void moveChoice(int by);

    Provider m_provider;
    QLineEdit *m_search;
    QListWidget *m_list;
    QWidget *m_about; ///< the chosen entry's picture and text
    QWidget *m_picture;
    QLabel *m_text;
    QList<SearchEntry> m_entries;
    int m_most = 0; ///< height, px
};

} // namespace netloom
