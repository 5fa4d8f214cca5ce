// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/node_painter.h"

#include "canvas/port_shape.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

// Text on cards that are seen from afar, px on the screen, and how much of a card it may take, scene units.
constexpr double kTitleText = 11;
constexpr double kSettingsText = 10;
constexpr double kLeastText = 8;
constexpr double kMostTitle = 30;
constexpr double kMostSettings = 24;

class NodePainter {
public:
    NodePainter(QPainter &painter, const NodeFace &face, const NodeGeometry &geometry, const NodeLook &look, CanvasStyle &style)
        : m_painter(painter), m_face(face), m_geometry(geometry), m_look(look), m_style(style), m_theme(style.theme()),
          m_scale(scaleOf(painter)), m_detailed(m_scale >= kTextZoom), m_full(m_scale >= kFullZoom)
    {
    }

    void paint()
    {
        if (isSpeck()) {
            drawSpeck();
            return;
        }
        if (m_face.dot) {
            drawDot();
        } else {
            const double opacity = m_painter.opacity();
            if (m_face.bypassed)
                m_painter.setOpacity(opacity * 0.45);
            drawCard();
            m_painter.setOpacity(opacity);
            drawBypass();
        }
        drawPorts(m_face.inputs, m_geometry.inputs, false);
        drawPorts(m_face.outputs, m_geometry.outputs, true);
        drawFrost();
        drawBadge();
    }

private:
    /// An ordinary card far out: a patch of its category's colour says as much.
    bool isSpeck() const
    {
        return m_scale < kShapeZoom && m_face.category && !m_face.dot && !m_face.bypassed && !m_face.severity && !m_look.selected && !m_look.hovered
            && !m_look.ghost && isPlain(m_face.inputs.size(), false) && isPlain(m_face.outputs.size(), true);
    }

    /// No port shows what would happen to it.
    bool isPlain(std::size_t ports, bool output) const
    {
        for (std::size_t index = 0; m_look.port && index < ports; ++index) {
            if (m_look.port(index, output) != PortLook::Plain)
                return false;
        }
        return true;
    }

    void drawSpeck()
    {
        const double edge = m_theme.edge;
        m_painter.fillRect(m_geometry.card, m_theme.border);
        m_painter.fillRect(m_geometry.card.adjusted(edge, edge, -edge, -edge), m_theme.raised);
        m_painter.fillRect(m_geometry.header, categoryColour());
    }

    void drawCard()
    {
        if (m_detailed && !m_look.ghost)
            m_style.drawShadow(m_painter, m_geometry.card);
        drawBody();
        if (m_full) {
            drawHeader();
            drawTexts();
        } else if (m_detailed) {
            drawLargeTexts();
        }
        if (m_detailed)
            drawPreview();
    }

    void drawDot()
    {
        paintGlow(m_painter);
        const QColor colour = m_face.inputs.empty() ? m_theme.border : m_theme.port(m_face.inputs.front().kind);
        m_painter.setPen(QPen(m_look.selected ? m_theme.accent : colour, m_look.selected ? 2 : 1));
        m_painter.setBrush(mixed(m_theme.raised, colour, m_look.hovered ? 0.35 : 0.15));
        const double radius = m_geometry.card.height() / 2;
        m_painter.drawRoundedRect(m_geometry.card, radius, radius);
    }

    /// The way that a bypassed node's value takes: straight through.
    void drawBypass()
    {
        if (!m_face.bypassed || m_geometry.inputs.empty() || m_geometry.outputs.empty())
            return;
        m_painter.setPen(QPen(m_theme.port(m_face.outputs.front().kind), 2, Qt::DashLine));
        m_painter.drawLine(m_geometry.inputs.front(), m_geometry.outputs.front());
    }

    QColor categoryColour() const { return m_face.category ? m_theme.category(*m_face.category) : m_theme.textMuted; }

    QColor outlineColour() const
    {
        if (m_look.selected)
            return m_theme.accent;
        if (m_face.severity == Severity::Error)
            return m_theme.error;
        if (m_face.severity == Severity::Warning)
            return m_theme.warning;
        return m_look.hovered ? m_theme.borderStrong : m_theme.border;
    }

    void paintGlow(QPainter &painter) const
    {
        if (!m_look.selected && m_face.severity != Severity::Error)
            return;
        QColor glow = outlineColour();
        glow.setAlpha(m_look.selected ? 70 : 45);
        painter.setPen(QPen(glow, 6));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(m_geometry.card.adjusted(-1, -1, 1, 1), NodeGeometry::kRadius + 1, NodeGeometry::kRadius + 1);
    }

    void drawBody()
    {
        const double share = m_full ? (m_theme.dark ? 0.20 : 0.13) : m_detailed ? (m_theme.dark ? 0.38 : 0.26) : 1.0;
        const QRectF &card = m_geometry.card;
        const auto paint = [&](QPainter &painter) {
            paintGlow(painter);
            paintBody(painter, share);
        };
        if (m_look.hovered || m_look.ghost) { // one of its kind
            paint(m_painter);
            return;
        }
        constexpr double kGlow = 5;
        const CanvasStyle::BodyKey key{int(std::lround(card.width())), int(std::lround(card.height())), m_face.category ? int(*m_face.category) : -1,
            m_face.severity ? int(*m_face.severity) : -1, (m_look.selected ? 4 : 0) + (m_full ? 2 : 0) + (m_detailed ? 1 : 0)};
        m_style.drawBody(m_painter, key, card.adjusted(-kGlow, -kGlow, kGlow, kGlow), paint);
    }

    bool isMarked() const { return m_look.selected || m_face.severity == Severity::Error; }

    void paintBody(QPainter &painter, double share) const
    {
        const QRectF &card = m_geometry.card;
        const double radius = NodeGeometry::kRadius;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_look.hovered ? mixed(m_theme.raised, m_theme.hover, 0.5) : m_theme.raised);
        painter.drawRoundedRect(card, radius, radius);
        if (m_face.category || m_detailed) {
            QPainterPath top;
            top.setFillRule(Qt::WindingFill);
            top.addRoundedRect(m_geometry.header, radius, radius);
            top.addRect(m_geometry.header.adjusted(0, radius, 0, 0));
            painter.setBrush(m_face.category ? mixed(m_theme.raised, categoryColour(), share) : m_theme.hover);
            painter.drawPath(top);
        }
        QPen outline(outlineColour(), m_theme.edge + (isMarked() ? 1 : 0));
        if (!m_face.category)
            outline.setStyle(Qt::DashLine);
        painter.setPen(outline);
        painter.setBrush(Qt::NoBrush);
        const double inset = isMarked() ? 0 : m_theme.edge / 2;
        painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    }

    void drawHeader()
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(categoryColour());
        m_painter.drawRoundedRect(m_geometry.icon, 6, 6);
        const QColor onTile = m_theme.raised; // a category's colour stands out from it by contract
        if (m_face.category) {
            m_style.drawIcon(m_painter, *m_face.category, m_geometry.icon.adjusted(4, 4, -4, -4), onTile);
        } else {
            m_painter.setFont(m_style.titleFont());
            m_painter.setPen(onTile);
            m_painter.drawText(m_geometry.icon, Qt::AlignCenter, QStringLiteral("?"));
        }
    }

    void drawLine(const QRectF &rect, const QString &text, const QFont &font, const QColor &colour,
        Qt::Alignment alignment = Qt::AlignLeft)
    {
        if (text.isEmpty() || rect.isEmpty())
            return;
        m_painter.setPen(colour);
        m_style.drawText(m_painter, rect, text, font, alignment);
    }

    void drawTexts()
    {
        drawLine(m_geometry.title, m_face.title, m_style.titleFont(), m_theme.text);
        drawLine(m_geometry.type, m_face.type, m_style.smallFont(), m_theme.textMuted);
        drawLine(m_geometry.params, m_face.params, m_style.smallFont(), m_theme.text);
        drawLine(m_geometry.cost, m_face.cost, m_style.smallFont(), m_theme.textMuted);
        drawLine(m_geometry.macs, m_face.macs, m_style.smallFont(), m_theme.textMuted);
        for (std::size_t row = 0; row < m_face.inputs.size(); ++row)
            drawLine(m_geometry.inputLabels[row], QString::fromStdString(m_face.inputs[row].name), m_style.smallFont(), m_theme.textMuted);
        for (std::size_t row = 0; row < m_face.outputs.size(); ++row)
            drawLine(m_geometry.outputLabels[row], QString::fromStdString(m_face.outputs[row].name), m_style.smallFont(),
                m_theme.textMuted, Qt::AlignRight);
    }

    /// One line as large as @p wanted px on the screen where it has the room, at least kLeastText.
    void drawFitting(const QRectF &rect, const QString &text, QFont font, const QColor &colour, double wanted, double most)
    {
        if (text.isEmpty() || rect.isEmpty())
            return;
        most = std::min(most, rect.height());
        font.setPixelSize(int(std::min(wanted / m_scale, most)));
        const double width = m_style.textWidth(font, text);
        if (width > rect.width()) {
            const double least = std::min(kLeastText / m_scale, most);
            font.setPixelSize(int(std::max(least, font.pixelSize() * rect.width() / width)));
        }
        drawLine(rect, text, font, colour);
    }

    void drawLargeTexts()
    {
        constexpr double kInset = 8;
        drawFitting(m_geometry.header.adjusted(kInset, 0, -kInset, 0), m_face.title, m_style.titleFont(), m_theme.text, kTitleText, kMostTitle);
        const QRectF settings = m_geometry.params.united(m_geometry.cost).united(m_geometry.macs);
        if (!m_geometry.params.isEmpty())
            drawFitting(settings, m_face.params, m_style.smallFont(), m_theme.text, kSettingsText, kMostSettings);
    }

    void drawPreview()
    {
        if (m_geometry.preview.isEmpty())
            return;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(mixed(m_theme.raised, m_theme.canvas, 0.8));
        m_painter.drawRoundedRect(m_geometry.preview.adjusted(-4, -4, 4, 4), 4, 4);
        if (m_look.preview)
            m_look.preview(m_painter, m_geometry.preview);
    }

    void drawPorts(const std::vector<PortFace> &ports, const std::vector<QPointF> &places, bool output)
    {
        for (std::size_t index = 0; index < ports.size(); ++index)
            drawPort(ports[index], places[index], m_look.port ? m_look.port(index, output) : PortLook::Plain);
    }

    void drawPort(const PortFace &port, QPointF place, PortLook look)
    {
        QColor colour = m_theme.port(port.kind);
        double radius = NodeGeometry::kPortRadius;
        if (look == PortLook::Dimmed)
            colour = mixed(m_theme.raised, m_theme.borderStrong, 0.7);
        else if (look != PortLook::Plain)
            radius *= look == PortLook::Snapped ? 1.5 : 1.25;
        m_painter.translate(place);
        if (look == PortLook::Lit || look == PortLook::Snapped) {
            QColor halo = colour;
            halo.setAlpha(look == PortLook::Snapped ? 110 : 60);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(halo);
            m_painter.drawPath(portShape(port.kind, port.variadic, radius + 5));
        }
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.raised);
        m_painter.drawPath(portShape(port.kind, port.variadic, radius + 2));
        const bool filled = port.connected || look == PortLook::Snapped;
        m_painter.setPen(QPen(colour, 2));
        m_painter.setBrush(filled ? colour : m_theme.raised);
        m_painter.drawPath(portShape(port.kind, port.variadic, radius - 1));
        m_painter.translate(-place);
    }

    void drawBadge()
    {
        if (!m_face.severity)
            return;
        const QColor colour = m_face.severity == Severity::Error ? m_theme.error : m_theme.warning;
        m_painter.setPen(QPen(m_theme.canvas, 2));
        m_painter.setBrush(colour);
        m_painter.drawEllipse(m_geometry.badge);
        const QPointF middle = m_geometry.badge.center();
        m_painter.setPen(QPen(readableOn(colour), 2, Qt::SolidLine, Qt::RoundCap));
        m_painter.drawLine(middle + QPointF(0, -4.5), middle + QPointF(0, 0.5));
        m_painter.drawPoint(middle + QPointF(0, 4.5));
    }

    /// A snowflake at the corner opposite to the badge.
    void drawFrost()
    {
        if (!m_face.frozen || m_face.dot)
            return;
        constexpr double kArm = 5.5;
        const QRectF chip(m_geometry.card.left() - 9, m_geometry.card.top() - 9, 20, 20);
        m_painter.setPen(QPen(m_theme.canvas, 2));
        m_painter.setBrush(m_theme.accent);
        m_painter.drawEllipse(chip);
        m_painter.setPen(QPen(readableOn(m_theme.accent), 1.6, Qt::SolidLine, Qt::RoundCap));
        for (const double angle : {0.0, 60.0, 120.0}) {
            const QPointF arm = QLineF::fromPolar(kArm, angle + 90).p2();
            m_painter.drawLine(chip.center() - arm, chip.center() + arm);
        }
    }

    QPainter &m_painter;
    const NodeFace &m_face;
    const NodeGeometry &m_geometry;
    const NodeLook &m_look;
    CanvasStyle &m_style;
    const Theme &m_theme;
    double m_scale;
    bool m_detailed; ///< near enough for text
    bool m_full;     ///< near enough for all of it
};

} // namespace

void paintNode(QPainter &painter, const NodeFace &face, const NodeGeometry &geometry, const NodeLook &look, CanvasStyle &style)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    NodePainter(painter, face, geometry, look, style).paint();
}

} // namespace netloom
