// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/empty_state.h"

#include "theme/theme.h"

#include <QPainter>

namespace netloom {

void paintEmptyState(QPainter &painter, const QRect &rect, const QString &icon, const QString &heading, const QString &sentence)
{
    const Theme &theme = Theme::current();
    const QFont headingFont = themeFont(TextRole::Section);
    const QFont sentenceFont = themeFont(TextRole::Small);
    const int width = std::min(rect.width() - 24, 280);
    const int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const int headingHeight = QFontMetrics(headingFont).boundingRect(QRect(0, 0, width, 1000), flags, heading).height();
    const int sentenceHeight = QFontMetrics(sentenceFont).boundingRect(QRect(0, 0, width, 1000), flags, sentence).height();
    const bool withIcon = rect.height() > headingHeight + sentenceHeight + 64;
    const int total = headingHeight + 4 + sentenceHeight + (withIcon ? 40 : 0);
    QRect at(rect.center().x() - width / 2, rect.center().y() - total / 2, width, headingHeight);
    painter.save();
    if (withIcon) {
        themedIcon(icon, mixed(theme.panel, theme.textMuted, 0.7)).paint(&painter, QRect(rect.center().x() - 14, at.top(), 28, 28));
        at.translate(0, 40);
    }
    painter.setFont(headingFont);
    painter.setPen(theme.text);
    painter.drawText(at, flags, heading);
    at.translate(0, headingHeight + 4);
    at.setHeight(sentenceHeight);
    painter.setFont(sentenceFont);
    painter.setPen(theme.textMuted);
    painter.drawText(at, flags, sentence);
    painter.restore();
}

} // namespace netloom
