// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

static void initIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace netloom {

namespace {

/// Draws resources/icons/<name>.svg with "currentColor" replaced at the moment of painting.
class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QString name, QColor colour) : m_name(std::move(name)), m_colour(std::move(colour)) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        QPixmap map = scaledPixmap(rect.size() * ratio, mode, state, ratio);
        map.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, map);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        const QColor colour = colourFor(mode);
        const QString key = QString("netloom-icon/%1/%2/%3x%4").arg(m_name, colour.name(QColor::HexArgb)).arg(size.width()).arg(size.height());
        QPixmap map;
        if (QPixmapCache::find(key, &map))
            return map;
        map = QPixmap(size);
        map.fill(Qt::transparent);
        QFile file(":/icons/" + m_name + ".svg");
        if (!file.open(QIODevice::ReadOnly))
            return map;
        QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
        const double side = std::min(size.width(), size.height());
        QPainter painter(&map);
        painter.setOpacity(mode == QIcon::Disabled ? 0.6 : colour.alphaF());
        renderer.render(&painter, QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side));
        painter.end();
        QPixmapCache::insert(key, map);
        return map;
    }

    QIconEngine *clone() const override { return new ThemedIconEngine(m_name, m_colour); }
    QString key() const override { return "netloom"; }
    bool isNull() override { return !QFile::exists(":/icons/" + m_name + ".svg"); }

private:
    QColor colourFor(QIcon::Mode mode) const
    {
        const Theme &theme = Theme::current();
        if (mode == QIcon::Disabled)
            return theme.textMuted;
        return m_colour.isValid() ? m_colour : theme.text;
    }

    QString m_name;
    QColor m_colour;
};

} // namespace

QIcon themedIcon(const QString &name, const QColor &colour)
{
    initIconResources();
    return QIcon(new ThemedIconEngine(name, colour));
}

QString categoryIconName(Category category)
{
    switch (category) {
    case Category::Source: return "category-source";
    case Category::Transform: return "category-transform";
    case Category::Layer: return "category-layer";
    case Category::Activation: return "category-activation";
    case Category::Pooling: return "category-pooling";
    case Category::Regularization: return "category-regularization";
    case Category::Shaping: return "category-shaping";
    case Category::Loss: return "category-loss";
    case Category::Structure: return "category-structure";
    }
    return "layers";
}

} // namespace netloom
