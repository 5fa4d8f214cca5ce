// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include <QAbstractButton>
#include <QEvent>
#include <QPalette>
#include <QWidget>

#include <cmath>

namespace netloom {

namespace {

QColor textColour(TextRole role)
{
    const Theme &theme = Theme::current();
    switch (role) {
    case TextRole::Muted:
    case TextRole::Small: return theme.textMuted;
    case TextRole::Error: return theme.error;
    case TextRole::Success: return theme.success;
    case TextRole::Body:
    case TextRole::Section:
    case TextRole::Title:
    case TextRole::Figure: break;
    }
    return theme.text;
}

/// Gives a label its role's colour again after the theme has changed.
class RoleKeeper : public QObject {
public:
    RoleKeeper(QWidget *label, TextRole role) : QObject(label), m_label(label)
    {
        setObjectName("netloomTextRole");
        label->installEventFilter(this);
        setRole(role);
    }

    void setRole(TextRole role)
    {
        m_role = role;
        m_label->setFont(themeFont(role));
        colour();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange)
            colour();
        return QObject::eventFilter(watched, event);
    }

private:
    void colour()
    {
        const QColor wanted = textColour(m_role);
        QPalette palette = m_label->palette();
        if (palette.color(QPalette::Active, QPalette::WindowText) == wanted)
            return;
        for (const auto group : {QPalette::Active, QPalette::Inactive})
            palette.setColor(group, QPalette::WindowText, wanted);
        m_label->setPalette(palette);
    }

    QWidget *m_label;
    TextRole m_role = TextRole::Body;
};

double luminance(const QColor &colour)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

QFont themeFont(TextRole role)
{
    QFont font;
    font.setFamilies({"Inter", "Noto Sans", "DejaVu Sans"});
    font.setStyleHint(QFont::SansSerif);
    font.setPointSizeF(9.75); // 13 px at 96 dots per inch
    switch (role) {
    case TextRole::Body:
    case TextRole::Muted:
    case TextRole::Error:
    case TextRole::Success: break;
    case TextRole::Small: font.setPointSizeF(9); break;
    case TextRole::Section: font.setWeight(QFont::DemiBold); break;
    case TextRole::Title:
        font.setPointSizeF(12);
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Figure:
        font.setPointSizeF(18);
        font.setWeight(QFont::DemiBold);
        break;
    }
    return font;
}

void setTextRole(QWidget *label, TextRole role)
{
    const auto *object = label->findChild<QObject *>("netloomTextRole", Qt::FindDirectChildrenOnly);
    if (auto *keeper = dynamic_cast<RoleKeeper *>(const_cast<QObject *>(object)))
        keeper->setRole(role);
    else
        new RoleKeeper(label, role);
}

void setPrimary(QAbstractButton *button, bool primary)
{
    button->setProperty("primary", primary);
    button->update();
}

QColor readableOn(const QColor &background)
{
    const double light = luminance(background);
    return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? QColor(Qt::white) : QColor("#0B0D12");
}

} // namespace netloom
