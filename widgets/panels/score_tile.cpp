// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/score_tile.h"

#include "theme/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace netloom {

ScoreTile::ScoreTile(const QString &caption, QWidget *parent) : QWidget(parent), m_figure(new QLabel(this)), m_caption(new QLabel(caption, this))
{
    setTextRole(m_figure, TextRole::Figure);
    setTextRole(m_caption, TextRole::Small);
    m_figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_figure);
    column->addWidget(m_caption);
    setMinimumWidth(108);
    setFigure({});
}

void ScoreTile::setFigure(const QString &figure)
{
    m_figure->setText(figure.isEmpty() ? QString::fromUtf8("–") : figure);
}

void ScoreTile::setCaption(const QString &caption)
{
    m_caption->setText(caption);
}

QString ScoreTile::figure() const
{
    return m_figure->text();
}

} // namespace netloom
