// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/main_window.h"
#include "graph/structure.h"
#include "run/registry.h"
#include "support/window_settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace netloom;

/// What can be built without a mouse: every event here is a key for whatever has the focus.
class TestKeyboard : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(QApplication::focusWidget(), key, modifiers); }
    void keys(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }

    /// Tab, the type's name, Return; then its parameters, each reached with Tab, and back to the canvas.
    void add(const QString &type, const std::vector<std::pair<QString, QString>> &params = {})
    {
        key(Qt::Key_Tab);
        keys(type);
        key(Qt::Key_Return);
        QCOMPARE(document().selectedNodes().size(), 1u);
        const Node *node = document().graph().find(*document().selectedNodes().begin());
        QVERIFY2(node->type == type.toStdString() || node->type == kBlockType, node->type.c_str());
        if (params.empty())
            return;
        key(Qt::Key_Return);
        for (const auto &[name, value] : params)
            set(name, value);
        key(Qt::Key_Escape);
        QVERIFY(m_window->canvas()->hasFocus());
    }

    void set(const QString &param, const QString &value)
    {
        const auto isThere = [&] {
            for (const QWidget *widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
                if (widget->objectName() == "param_" + param)
                    return true;
            }
            return false;
        };
        for (int presses = 0; presses < 30 && !isThere(); ++presses)
            key(Qt::Key_Tab);
        QVERIFY2(isThere(), qPrintable(param));
        if (value == " ") { // a switch
            key(Qt::Key_Space);
            return;
        }
        if (param.endsWith("_keyword")) {
            keys(value);
            return;
        }
        key(Qt::Key_A, Qt::ControlModifier);
        keys(value);
        key(Qt::Key_Return);
    }

private slots:
    void initTestCase()
    {
        test::useOwnSettings(m_settings.path());
        m_window = std::make_unique<MainWindow>(m_registry);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->canvas()->setFocus();
    }

    void cleanupTestCase() { m_window.reset(); }

    /// He et al. 2015, with torchvision's count of parameters.
    void resnet18IsBuiltFromAnEmptyCanvas()
    {
        add("ImageFolder");
        add("Resize");
        add("ToTensor");
        add("Conv2d", {{"out_channels", "64"}, {"kernel_size", "7"}, {"stride", "2"}, {"padding", "3"}, {"bias", " "}});
        add("BatchNorm2d");
        add("ReLU");
        add("MaxPool2d", {{"kernel_size", "3"}, {"stride_keyword", "number"}, {"stride", "2"}, {"padding", "1"}});
        add("ResidualBlock", {{"repeat", "2"}});
        for (const char *channels : {"128", "256", "512"}) {
            add("ResidualBlockDown", {{"channels", channels}});
            add("ResidualBlock", {{"channels", channels}});
        }
        add("AdaptiveAvgPool2d", {{"output_size", "1"}});
        add("Flatten");
        add("Linear", {{"out_features", "1000"}});
        add("CrossEntropyLoss");
        for (const Issue &issue : document().inference().issues)
            QVERIFY2(issue.severity != Severity::Error || issue.code == "no-data", issue.text.c_str());
        QCOMPARE(document().inference().parameters(), std::int64_t{11'689'512});
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
