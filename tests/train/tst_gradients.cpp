// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"

#include <QFile>
#include <QTest>

#include <sstream>

using namespace netloom;
using namespace netloom::test;

namespace {

/// The fixture that make_gradients.py wrote.
Numbers readFixture(const QString &name)
{
    QFile file(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/gradients/" + name + ".txt");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    std::istringstream lines(file.readAll().toStdString());
    Numbers numbers;
    for (std::string line; std::getline(lines, line);) {
        const auto colon = line.find(':');
        std::istringstream words(line.substr(colon + 1));
        words.imbue(std::locale::classic());
        auto &list = numbers[line.substr(0, colon)];
        for (double number = 0; words >> number;)
            list.push_back(number);
    }
    return numbers;
}

struct Case {
    Graph graph;
    SourceFacts facts;
};

SourceFacts factsOf(std::int64_t channels, std::int64_t height, std::int64_t width, int classes)
{
    SourceFacts facts = tensorFacts(channels, height, classes);
    facts.width = width;
    return facts;
}

Case mlp(const NodeRegistry &registry)
{
    ChainBuilder chain(registry);
    chain.then("Flatten");
    chain.then("Linear", {{"out_features", whole(8)}});
    chain.then("Tanh");
    chain.then("Linear", {{"out_features", word("classes")}, {"bias", false}});
    return {chain.endWith("CrossEntropyLoss"), factsOf(1, 5, 5, 3)};
}

Case cnnWithSkip(const NodeRegistry &registry)
{
    ChainBuilder chain(registry);
    chain.then("Conv2d", {{"out_channels", whole(4)}, {"padding", word("same")}});
    chain.then("BatchNorm2d");
    const NodeId first = chain.then("ReLU");
    chain.then("Conv2d", {{"out_channels", whole(4)}, {"kernel_size", std::vector<std::int64_t>{3, 2}}, {"padding", word("same")},
        {"groups", whole(2)}, {"bias", false}});
    chain.connect(first, chain.then("Add"));
    chain.connect(first, chain.then("Concat"));
    chain.then("MaxPool2d");
    chain.then("Flatten");
    chain.then("Linear", {{"out_features", word("classes")}});
    Graph graph = chain.endWith("CrossEntropyLoss");
    graph.setParam(graph.findByName("loss")->id, "label_smoothing", 0.1);
    return {graph, factsOf(2, 6, 6, 4)};
}

Case binary(const NodeRegistry &registry)
{
    ChainBuilder chain(registry);
    chain.then("Conv2d", {{"out_channels", whole(3)}, {"stride", pairOf(2)}, {"dilation", std::vector<std::int64_t>{1, 2}},
        {"padding", std::vector<std::int64_t>{1, 2}}});
    chain.then("Sigmoid");
    chain.then("AvgPool2d", {{"ceil_mode", true}});
    chain.then("Flatten");
    chain.then("Linear", {{"out_features", whole(1)}});
    return {chain.endWith("BCEWithLogitsLoss"), factsOf(1, 7, 6, 2)};
}

Case number(const NodeRegistry &registry)
{
    ChainBuilder chain(registry);
    chain.then("Flatten");
    chain.then("Linear", {{"out_features", whole(5)}});
    chain.then("ReLU");
    chain.then("Linear", {{"out_features", word("classes")}});
    SourceFacts facts = factsOf(1, 2, 3, 0);
    facts.learnsNumber = true;
    facts.counts["train"] = {6};
    return {chain.endWith("MSELoss"), facts};
}

} // namespace

class GradientsTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();

    Case makeCase(const QString &name) const
    {
        return name == "mlp" ? mlp(m_registry) : name == "binary" ? binary(m_registry) : name == "number" ? number(m_registry) : cnnWithSkip(m_registry);
    }

    static void compare(const std::vector<double> &ours, const std::vector<double> &pytorchs, double tolerance, const std::string &what)
    {
        QVERIFY2(!pytorchs.empty() && ours.size() == pytorchs.size(), what.c_str());
        for (std::size_t index = 0; index < ours.size(); ++index) {
            const double difference = std::abs(ours[index] - pytorchs[index]);
            QVERIFY2(difference <= tolerance * (1 + std::abs(pytorchs[index])),
                (what + ": " + std::to_string(ours[index]) + " instead of " + std::to_string(pytorchs[index])).c_str());
        }
    }

private slots:
    void lossAndGradientsArePyTorchs_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"mlp", "cnn_with_skip", "binary", "number"})
            QTest::newRow(name) << QString(name);
    }

    void lossAndGradientsArePyTorchs()
    {
        QFETCH(QString, name);
        const Numbers fixture = readFixture(name);
        const Case tested = makeCase(name);
        const GradientRun run = runGradients(tested.graph, m_registry, tested.facts, fixture);
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        compare({run.loss}, fixture.at("loss"), 1e-6, "loss");
        QVERIFY(!run.gradients.empty());
        for (const auto &[weight, gradient] : run.gradients)
            compare(gradient, fixture.at("grad/" + weight), 2e-6, weight);
    }

    void optimizerStepsArePyTorchs_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<double>("lr");
        QTest::addColumn<double>("weightDecay");
        for (const char *name : {"mlp", "cnn_with_skip", "binary", "number"}) {
            QTest::addRow("SGD %s", name) << QString(name) << "SGD" << 0.1 << 0.01;
            QTest::addRow("Adam %s", name) << QString(name) << "Adam" << 0.01 << 0.01;
            QTest::addRow("AdamW %s", name) << QString(name) << "AdamW" << 0.01 << 0.1;
        }
    }

    void optimizerStepsArePyTorchs()
    {
        QFETCH(QString, name);
        QFETCH(QString, optimizer);
        QFETCH(double, lr);
        QFETCH(double, weightDecay);
        const Numbers fixture = readFixture(name);
        const Case tested = makeCase(name);
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("optimizer", optimizer.toStdString());
        recipe.set("lr", lr);
        recipe.set("weight_decay", weightDecay);
        const StepsRun run = runSteps(tested.graph, m_registry, tested.facts, fixture, recipe, 3);
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        const std::string prefix = optimizer.toStdString() + "/";
        compare(run.losses, fixture.at(prefix + "losses"), 2e-5, "losses");
        int compared = 0;
        for (const auto &[weight, numbers] : run.weights) {
            if (weight.ends_with("num_batches_tracked"))
                continue;
            // A bias before a batch norm has gradient 0 but for rounding, and Adam divides by the gradient's size: it may
            // differ, and with it the running mean.
            const bool rounding = name == "cnn_with_skip" && optimizer != "SGD" && (weight == "conv2d.bias" || weight == "batchnorm2d.running_mean");
            compare(numbers, fixture.at(prefix + weight), rounding ? 0.1 : 1e-4, weight);
            ++compared;
        }
        QVERIFY(compared >= 3);
    }
};

QTEST_GUILESS_MAIN(GradientsTest)
#include "tst_gradients.moc"
