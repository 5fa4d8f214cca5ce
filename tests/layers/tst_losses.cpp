// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer_nodes.h"
#include "support/torch_probe.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace netloom;
using namespace netloom::test;

using Doubles = std::vector<double>;

/// Against PyTorch: tests/fixtures/losses/make_losses.py.
class LossesTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = [] {
        NodeRegistry registry;
        addLayerNodes(registry);
        return registry;
    }();
    std::map<QString, Doubles> m_given;

    static QStringList lines()
    {
        QFile file(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/losses/losses.txt");
        if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
            qFatal("%s is missing", qPrintable(file.fileName()));
        return QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
    }

    static Doubles numbersOf(const QString &text)
    {
        Doubles numbers;
        for (const QString &word : text.split(' ', Qt::SkipEmptyParts))
            numbers.push_back(word.toDouble());
        return numbers;
    }

    static bool near(double ours, double theirs) { return std::abs(ours - theirs) <= 2e-6 * (1 + std::abs(theirs)); }

private slots:
    void initTestCase()
    {
        for (const QString &line : lines()) {
            if (!line.contains('|'))
                m_given[line.section(':', 0, 0)] = numbersOf(line.section(':', 1));
        }
    }

    void lossesAndGradientsArePyTorchs_data()
    {
        QTest::addColumn<QString>("loss");
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("expected");
        for (const QString &line : lines()) {
            const QString title = line.section(':', 0, 0);
            if (title.contains('|'))
                QTest::newRow(qPrintable(title)) << title.section(" | ", 0, 0) << title.section(" | ", 1) << line.section(':', 1);
        }
    }

    void lossesAndGradientsArePyTorchs()
    {
        QFETCH(QString, loss);
        QFETCH(QString, given);
        QFETCH(QString, expected);
        const NodeSpec *spec = m_registry.find(loss.section(' ', 0, 0).toStdString());
        QVERIFY(spec);
        Params params = Params::defaults(spec->params);
        for (const QString &setting : loss.section(' ', 1).split(' ', Qt::SkipEmptyParts)) {
            const ParamDecl *decl = spec->findParam(setting.section('=', 0, 0).toStdString());
            QVERIFY(decl);
            params.set(decl->name, *parseParam(*decl, setting.section('=', 1).toStdString()));
        }
        const QString target = given.section(' ', 1, 1), weights = given.section(' ', 2, 2);
        const bool labels = target == "labels" || target == "binary";
        const LossSlopes slopes = lossSlopes(*spec, params, qint64(m_given["labels"].size()), m_given[given.section(' ', 0, 0)], m_given[target], labels,
            weights.isEmpty() ? Doubles() : m_given[weights]);
        QVERIFY2(slopes.failure.empty(), slopes.failure.c_str());
        const Doubles numbers = numbersOf(expected);
        QVERIFY2(near(slopes.loss, numbers.at(0)), qPrintable(QString("%1 instead of %2").arg(slopes.loss).arg(numbers[0])));
        QCOMPARE(slopes.slopes.size(), numbers.size() - 1);
        for (std::size_t index = 0; index < slopes.slopes.size(); ++index)
            QVERIFY2(near(slopes.slopes[index], numbers[index + 1]), qPrintable(QString("slope %1: %2 instead of %3").arg(index).arg(slopes.slopes[index]).arg(numbers[index + 1])));
    }
};

QTEST_GUILESS_MAIN(LossesTest)
#include "tst_losses.moc"
