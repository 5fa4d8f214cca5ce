// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_item.h"

#include "canvas/canvas_scene.h"
#include "canvas/ghost_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kWidth = 2.5;
constexpr double kMostWidth = 10; ///< of a wire that shows how much it carries
constexpr double kLabelHeight = 16;
constexpr double kDimmed = 0.5;   ///< opacity of what a comparison finds unchanged
constexpr double kSignRadius = 7;
constexpr double kSignPlace = 18; ///< along the wire, from where it comes

bool hasError(const Issues &issues, const PortRef &port)
{
    return std::ranges::any_of(issues, [&](const Issue &issue) {
        return issue.severity == Severity::Error && issue.node == port.node && issue.port == port.port;
    });
}

/// "32×14×14" of "N×32×14×14".
QString withoutBatch(const QString &shape)
{
    return shape.startsWith(QStringLiteral("N×")) ? shape.mid(2) : shape;
}

/// Around a level stretch, with what keeps apart from it.
QRectF areaOf(const QLineF &run)
{
    return QRectF(run.p1(), run.p2()).normalized().adjusted(-1, -1, 1, 1);
}

} // namespace

LinkItem::LinkItem(CanvasScene &scene, Link link) : m_scene(scene), m_link(std::move(link)), m_label(new LinkLabel(*this))
{
    scene.addItem(m_label);
    refresh();
}

LinkItem::~LinkItem()
{
    delete m_label;
}

CanvasStyle &LinkItem::style() const
{
    return m_scene.style();
}

QColor LinkItem::colour() const
{
    const Theme &theme = style().theme();
    if (m_selected || m_marked)
        return theme.accent;
    if (m_diffMark == DiffMark::Added)
        return theme.success;
    return m_faulty ? theme.error : theme.port(m_kind);
}

double LinkItem::width() const
{
    if (!m_scene.wireLook().thickness || m_numbers < 1)
        return kWidth;
    // 1 px for a single number, half a pixel more each time that it doubles: 10 classes 2.7, a 28×28 picture 5.8.
    return std::clamp(1 + 0.5 * std::log2(double(m_numbers)), 1.5, kMostWidth);
}

bool LinkItem::refresh()
{
    const Document &document = m_scene.document();
    const PortKind kind = portKind(document, m_link.from, true);
    const bool faulty = hasError(document.inference().issues, m_link.to);
    const Shape shape = document.inference().output(document.graph(), document.registry(), m_link.from);
    const std::int64_t numbers = std::max<std::int64_t>(0, shape.elementsPerSample());
    const QString text = shape.empty() ? QString() : QString::fromStdString(shape.toString());
    const bool changed = text != m_shape;
    if (changed)
        forgetRoute();
    if (changed || kind != m_kind || faulty != m_faulty || numbers != m_numbers) {
        update();
        m_label->update();
    }
    m_kind = kind;
    m_faulty = faulty;
    m_shape = text;
    m_numbers = numbers;
    return changed;
}

void LinkItem::route(const RouteField &field)
{
    m_ends = m_scene.endsOf(m_link);
    m_stale = false;
    if (!m_ends)
        return;
    LinkRoute route = routeLink(*m_ends, field);
    if (route.path != m_path) {
        prepareGeometryChange();
        m_path = std::move(route.path);
        m_coarse = coarsePath(m_path);
        m_bounds = m_path.boundingRect().adjusted(-12, -12, 12, 12);
        update();
    }
    m_run = route.run;
    m_watched = route.watched;
    placeText(field);
}

bool LinkItem::isLaid() const
{
    return m_ends && m_ends == m_scene.endsOf(m_link);
}

void LinkItem::routeAgain(RouteField &field, RectGrid &changed)
{
    if (m_stale || !isLaid() || changed.meets(m_watched)) {
        route(field);
        std::vector<QRectF> taken;
        if (m_run)
            taken.push_back(areaOf(*m_run));
        if (labelRect())
            taken.push_back(*labelRect());
        if (taken != m_taken) {
            for (const auto &places : {m_taken, taken})
                std::ranges::for_each(places, [&](const QRectF &place) { changed.add(place); });
            m_taken = std::move(taken);
        }
    }
    if (m_run)
        field.takeRun(*m_run);
    if (labelRect())
        field.takeLabel(*labelRect());
}

void LinkItem::placeText(const RouteField &field)
{
    if (!m_scene.wireLook().labels) {
        m_label->place({}, {});
        return;
    }
    // The batch axis is the first thing that a short wire leaves out.
    for (const QString &text : {m_shape, withoutBatch(m_shape)}) {
        if (text.isEmpty())
            continue;
        const QSizeF size(style().textWidth(style().labelFont(), text) + 12, kLabelHeight);
        m_watched |= watchedByLabel(m_path, size);
        if (const auto rect = placeLabel(m_path, size, field)) {
            m_label->place(rect, text);
            return;
        }
    }
    m_label->place({}, {});
}

void LinkItem::setLook(bool &look, bool value)
{
    if (look == value)
        return;
    look = value;
    raise();
    update();
    m_label->update();
}

/// What came lies above the ghosts of what went, and its sign with it.
void LinkItem::raise()
{
    setZValue(m_diffMark == DiffMark::Added ? 1.3 : m_selected || m_hovered || m_marked ? 1 : 0);
}

void LinkItem::setSelectedLook(bool selected)
{
    setLook(m_selected, selected);
}

void LinkItem::setHovered(bool hovered)
{
    setLook(m_hovered, hovered);
}

void LinkItem::setDiffMark(std::optional<DiffMark> mark, bool withSign)
{
    if (m_diffMark == mark && m_diffSign == withSign)
        return;
    m_diffMark = mark;
    m_diffSign = withSign;
    setOpacity(mark == DiffMark::Unchanged ? kDimmed : 1);
    raise();
    update();
    m_label->update();
}

void LinkItem::setMarked(bool marked)
{
    setLook(m_marked, marked);
}

void LinkItem::setHidden(bool hidden)
{
    setVisible(!hidden);
    m_label->setVisible(!hidden);
}

bool LinkItem::isNear(QPointF scenePoint, double tolerance) const
{
    const QRectF around(scenePoint.x() - tolerance, scenePoint.y() - tolerance, 2 * tolerance, 2 * tolerance);
    if (labelRect() && labelRect()->contains(scenePoint))
        return true;
    if (!m_bounds.intersects(around))
        return false;
    QPainterPathStroker stroker;
    stroker.setWidth(2 * tolerance);
    return stroker.createStroke(m_path).contains(scenePoint);
}

void LinkItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const QPainterPath &path = scaleOf(*painter) < kShapeZoom ? m_coarse : m_path;
    if (m_selected || m_marked) {
        QColor glow = style().theme().accent;
        glow.setAlpha(m_marked ? 130 : 90);
        paintWire(*painter, path, glow, width() + 7);
    }
    const bool broad = emphasised() || m_diffMark == DiffMark::Added;
    paintWire(*painter, path, colour(), broad ? width() + 1 : width());
    if (m_diffSign) {
        const double at = std::min(0.5, kSignPlace / std::max(1.0, m_path.length()));
        paintSign(*painter, m_path.pointAtPercent(at), GhostSign::Plus, style().theme().success, style().theme(), kSignRadius);
    }
}

LinkLabel::LinkLabel(const LinkItem &wire) : m_wire(wire)
{
    setZValue(1.5);
}

void LinkLabel::place(const std::optional<QRectF> &rect, const QString &text)
{
    if (rect == m_rect && text == m_text)
        return;
    prepareGeometryChange();
    m_rect = rect;
    m_text = text;
    update();
}

void LinkLabel::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double scale = scaleOf(*painter);
    if (!m_rect || scale < kTextZoom)
        return;
    QRectF rect = *m_rect;
    QString text = m_text;
    QFont font = m_wire.style().labelFont();
    if (scale < kFullZoom && !enlarge(rect, text, font, scale))
        return;
    const Theme &theme = m_wire.style().theme();
    // Dimmed by its colours: through a half-transparent label one would see the wire.
    const double share = m_wire.diffMark() == DiffMark::Unchanged ? kDimmed : 1;
    const QColor colour = mixed(theme.canvas, m_wire.colour(), share);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(mixed(theme.canvas, colour, 0.6), 1));
    painter->setBrush(mixed(theme.raised, colour, m_wire.emphasised() ? 0.2 : 0.06));
    painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2, rect.height() / 2);
    painter->setPen(mixed(theme.canvas, theme.text, share));
    m_wire.style().drawText(*painter, rect, text, font, Qt::AlignHCenter);
}

/// Seen from afar the text is as large as the gap between two cards allows, without the batch axis; false where it can't be read even so.
bool LinkLabel::enlarge(QRectF &rect, QString &text, QFont &font, double scale) const
{
    constexpr double kWanted = 8.5; // px on the screen
    constexpr double kLeast = 6;
    constexpr double kBrim = 4;
    text = withoutBatch(text);
    font.setPixelSize(int(std::lround(kWanted / scale)));
    const double width = m_wire.style().textWidth(font, text);
    const double room = kFarWidth - 2 * kBrim;
    if (width > room)
        font.setPixelSize(int(font.pixelSize() * room / width));
    if (font.pixelSize() * scale < kLeast)
        return false;
    const QSizeF size(std::min(width, room) + 2 * kBrim, std::min(font.pixelSize() * 1.35, kFarHeight));
    rect = QRectF(rect.center() - QPointF(size.width(), size.height()) / 2, size);
    return true;
}

QRectF LinkLabel::boundingRect() const
{
    const QRectF far(-kFarWidth / 2, -kFarHeight / 2, kFarWidth, kFarHeight);
    return m_rect ? m_rect->united(far.translated(m_rect->center())) : QRectF();
}

void paintWire(QPainter &painter, const QPainterPath &path, const QColor &colour, double width)
{
    // Never thinner than a pixel and a bit, so that wires stay visible when far out.
    const double scale = std::max(0.01, scaleOf(painter));
    const bool far = scale < kShapeZoom; // nobody sees round ends of so thin a line, and they are costly
    painter.setPen(QPen(colour, std::max(width, 1.3 / scale), Qt::SolidLine, far ? Qt::FlatCap : Qt::RoundCap, far ? Qt::BevelJoin : Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

} // namespace netloom
