// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/main_window.h"
#include "run/registry.h"
#include "search/search_view.h"
#include "support/window_settings.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QLineEdit>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace netloom;

/// Whatever the keys or a hand can reach has a name that a screen reader can say.
class TestAccessibleNames : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test::useOwnSettings(m_settings.path());
    }

    void everyFieldAndButtonHasAName_data()
    {
        QTest::addColumn<QString>("selected");
        QTest::addColumn<int>("sideTab");
        QTest::newRow("nothing selected") << "" << 0;
        QTest::newRow("source") << "data" << 0;
        QTest::newRow("convolution") << "conv1" << 0;
        QTest::newRow("normalisation, lists of numbers") << "normalize" << 0;
        QTest::newRow("issues") << "conv1" << 1;
        QTest::newRow("history") << "" << 2;
        QTest::newRow("search") << "" << 0;
    }

    void everyFieldAndButtonHasAName()
    {
        QFETCH(QString, selected);
        QFETCH(int, sideTab);
        const NodeRegistry registry = fullRegistry();
        MainWindow window(registry);
        QVERIFY(window.startFromTemplate("cnn-fashion-mnist"));
        window.resize(1400, 900);
        window.show();
        if (const Node *node = window.document().graph().findByName(selected.toStdString()))
            window.document().setSelection({node->id});
        window.document().addNode("Linear", {0, 600}); // with an issue
        window.findChild<QTabWidget *>("sideTabs")->setCurrentIndex(sideTab);
        if (QLatin1String(QTest::currentDataTag()) == QLatin1String("search")) {
            window.commands().action("view.search")->setChecked(true);
            for (const char *axis : {"recipe.lr", "recipe.optimizer", "conv1.out_channels"})
                window.searchView().setup()->addAxis(axis);
        }
        QCoreApplication::processEvents();
        QStringList nameless;
        int named = 0;
        for (QWidget *widget : window.findChildren<QWidget *>()) {
            const bool reachable = widget->focusPolicy() != Qt::NoFocus || qobject_cast<QAbstractButton *>(widget);
            const bool ofQt = widget->inherits("QLineEditIconButton"); // inside a field, which has a name
            if (!widget->isVisible() || !reachable || ofQt || widget->focusProxy())
                continue;
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
            if (interface && interface->text(QAccessible::Name).trimmed().isEmpty())
                nameless << widget->metaObject()->className() + QString(" ") + widget->objectName() + " in "
                        + widget->parentWidget()->metaObject()->className() + " " + widget->parentWidget()->objectName();
            else
                ++named;
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join('\n')));
        QVERIFY(named > 20);
    }

private:
    const QTemporaryDir m_settings;
};

QTEST_MAIN(TestAccessibleNames)
#include "tst_accessible_names.moc"
