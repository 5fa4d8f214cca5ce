// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace netloom {

/// One number to be read across the room, with its caption below.
class ScoreTile : public QWidget {
    Q_OBJECT
public:
    explicit ScoreTile(const QString &caption, QWidget *parent = nullptr);

    /// "" shows a dash.
    void setFigure(const QString &figure);
    void setCaption(const QString &caption);
    QString figure() const;

private:
    QLabel *m_figure = nullptr;
    QLabel *m_caption = nullptr;
};

} // namespace netloom
