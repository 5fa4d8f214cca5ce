// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

#include <cmath>

using namespace netloom;

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
private slots:
    void textIsReadableOnEverySurface()
    {
        for (const Theme &theme : {Theme::lightTheme(), Theme::darkTheme(), Theme::highContrastTheme()}) {
            for (const QColor &text : {theme.text, theme.textMuted, theme.accent, theme.error, theme.warning, theme.success}) {
                for (const QColor &surface : {theme.window, theme.panel, theme.raised})
                    QVERIFY2(contrast(text, surface) >= 4.5, qPrintable(text.name() + " on " + surface.name()));
            }
            QVERIFY(contrast(theme.text, theme.hover) >= 4.5);
            QVERIFY(contrast(theme.text, theme.accentSoft) >= 4.5);
            QVERIFY(contrast(theme.accentText, theme.accent) >= 4.5);
            QVERIFY(contrast(theme.accentText, theme.accentHover) >= 4.5);
        }
    }

    void categoriesAndPortsStandOutFromCards()
    {
        for (const Theme &theme : {Theme::lightTheme(), Theme::darkTheme(), Theme::highContrastTheme()}) {
            for (Category category : allCategories())
                QVERIFY2(contrast(theme.category(category), theme.raised) >= 3, toString(category).c_str());
            for (PortKind kind : {PortKind::Image, PortKind::Row, PortKind::Tensor, PortKind::Target})
                QVERIFY2(contrast(theme.port(kind), theme.canvas) >= 3, toString(kind).c_str());
        }
    }

    void highContrastKeepsToSevenToOne()
    {
        const Theme &theme = Theme::highContrastTheme();
        std::vector<QColor> shown{theme.text, theme.textMuted, theme.accent, theme.error, theme.warning, theme.success, theme.border,
            theme.borderStrong, theme.curveTrain, theme.curveVal};
        for (Category category : allCategories())
            shown.push_back(theme.category(category));
        for (PortKind kind : {PortKind::Image, PortKind::Row, PortKind::Tensor, PortKind::Target})
            shown.push_back(theme.port(kind));
        for (const QColor &colour : shown) {
            for (const QColor &surface : {theme.window, theme.panel, theme.raised, theme.canvas})
                QVERIFY2(contrast(colour, surface) >= 7, qPrintable(colour.name() + " on " + surface.name()));
        }
        QVERIFY(contrast(theme.text, theme.hover) >= 7);
        QVERIFY(contrast(theme.textMuted, theme.hover) >= 7);
        QVERIFY(contrast(theme.text, theme.accentSoft) >= 7);
        QVERIFY(contrast(theme.textMuted, theme.accentSoft) >= 7);
        QVERIFY(contrast(theme.accent, theme.accentSoft) >= 7);
        QVERIFY(contrast(theme.accentText, theme.accent) >= 7);
        QVERIFY(contrast(theme.accentText, theme.accentHover) >= 7);
        applyTheme(*qApp, ThemeKind::HighContrast);
        const QPalette palette = QApplication::palette();
        QVERIFY(contrast(palette.color(QPalette::Disabled, QPalette::ButtonText), theme.panel) >= 7);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), theme.raised) >= 7);
        QVERIFY(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 7);
    }

    void themesAreFoundByName()
    {
        for (ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast}) {
            QVERIFY(themeOfName(themeName(kind)) == kind);
            QVERIFY(Theme::of(kind).kind == kind);
        }
        QVERIFY(!themeOfName("pink"));
    }

    void readableOnGivesReadableText()
    {
        for (int grey = 0; grey < 256; ++grey)
            QVERIFY(contrast(readableOn(QColor(grey, grey, grey)), QColor(grey, grey, grey)) >= 4.2);
    }

    void everyCategoryHasAnIcon()
    {
        for (Category category : allCategories())
            QVERIFY2(!themedIcon(categoryIconName(category)).isNull(), toString(category).c_str());
        QVERIFY(themedIcon("no-such-icon").isNull());
    }

    void iconsFollowTheTheme()
    {
        const QIcon icon = themedIcon("stop");
        const auto darkest = [&icon] {
            const QImage image = icon.pixmap(QSize(40, 40)).toImage();
            int value = 255;
            for (int x = 0; x < image.width(); ++x) {
                if (qAlpha(image.pixel(x, image.height() / 2)) > 200)
                    value = std::min(value, qGray(image.pixel(x, image.height() / 2)));
            }
            return value;
        };
        applyTheme(*qApp, ThemeKind::Light);
        QVERIFY(darkest() < 60);
        applyTheme(*qApp, ThemeKind::Dark);
        QVERIFY(darkest() > 180);
    }

    void labelsKeepTheirRoleWhenTheThemeChanges()
    {
        applyTheme(*qApp, ThemeKind::Light);
        QLabel label("help");
        setTextRole(&label, TextRole::Small);
        QCOMPARE(label.palette().color(QPalette::WindowText), Theme::lightTheme().textMuted);
        applyTheme(*qApp, ThemeKind::Dark);
        QCoreApplication::processEvents();
        QCOMPARE(label.palette().color(QPalette::WindowText), Theme::darkTheme().textMuted);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
