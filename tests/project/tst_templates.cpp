// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"
#include "project/block_library.h"
#include "project/templates.h"

#include "graph/check_link.h"
#include "graph/infer_shapes.h"
#include "graph/split.h"
#include "run/registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace netloom;

namespace {

constexpr double kCardWidth = 190;
constexpr double kCardHeight = 130;

SourceFacts factsFor(const std::string &id)
{
    const bool fashion = id.ends_with("fashion-mnist");
    SourceFacts facts;
    facts.known = true;
    facts.channels = fashion ? 1 : 3;
    facts.height = facts.width = fashion ? 28 : Shape::kUnknown;
    facts.classNames = id == "binary-image-folder" ? std::vector<std::string>{"cat", "dog"} : std::vector<std::string>{"a", "b", "c"};
    if (id.starts_with("table") || id == "spirals" || id == "lstm-waves") {
        facts.channels = Shape::kUnknown;
        facts.learnsNumber = id == "table-regression";
        facts.columns.assign(id == "spirals" ? 2 : id == "lstm-waves" ? 32 : 5, {.name = "size"});
        if (facts.learnsNumber)
            facts.classNames.clear();
    }
    facts.severalLabels = id.starts_with("multi-label");
    for (Split split : kAllSplits)
        facts.samples[std::string(toString(split))] = facts.severalLabels ? 40 : 0;
    for (Split split : kAllSplits)
        facts.counts[std::string(toString(split))] = std::vector<std::int64_t>(facts.learnsNumber ? 1 : facts.classNames.size(), 20);
    return facts;
}

} // namespace

class TestTemplates : public QObject {
    Q_OBJECT

    void addTemplates()
    {
        QTest::addColumn<QString>("id");
        for (const ProjectTemplate &one : projectTemplates())
            QTest::newRow(one.id.c_str()) << QString::fromStdString(one.id);
    }

    Project projectOf(const QString &id) const { return makeProject(*findTemplate(id.toStdString()), m_registry, "/data"); }

private slots:
    void isReadyToTrainOnceItHasData_data() { addTemplates(); }
    void isReadyToTrainOnceItHasData()
    {
        QFETCH(QString, id);
        const Inference inference = inferShapes(projectOf(id).graph, m_registry, factsFor(id.toStdString()));
        for (const Issue &issue : inference.issues)
            qWarning("%s", issue.text.c_str());
        QVERIFY(inference.issues.empty());
        QVERIFY(inference.parameters() > 1000);
    }

    void everyWireIsAllowed_data() { addTemplates(); }
    void everyWireIsAllowed()
    {
        QFETCH(QString, id);
        const Project project = projectOf(id);
        Graph graph = project.graph;
        for (const Link &link : project.graph.links())
            graph.removeLink(link);
        for (const Link &link : project.graph.links()) {
            const auto refusal = checkLink(graph, m_registry, link);
            QVERIFY2(!refusal, refusal ? refusal->reason.c_str() : "");
            graph.addLink(link);
        }
    }

    void everyParameterIsValid_data() { addTemplates(); }
    void everyParameterIsValid()
    {
        QFETCH(QString, id);
        const Project project = projectOf(id);
        for (const auto &[nodeId, node] : project.graph.nodes()) {
            const NodeSpec *spec = m_registry.find(node.type);
            QVERIFY2(spec, node.type.c_str());
            QCOMPARE(node.params.values().size(), spec->params.size());
            for (const ParamDecl &decl : spec->params)
                QVERIFY(validateParam(decl, node.params.at(decl.name)).ok());
        }
        for (const ParamDecl &decl : recipeDecls())
            QVERIFY(validateParam(decl, project.recipe.at(decl.name)).ok());
    }

    void cardsDoNotOverlap_data() { addTemplates(); }
    void cardsDoNotOverlap()
    {
        QFETCH(QString, id);
        const auto nodes = projectOf(id).graph.nodes();
        for (const auto &[a, first] : nodes) {
            for (const auto &[b, second] : nodes) {
                const bool apart = first.parent != second.parent || std::abs(first.position.x - second.position.x) >= kCardWidth
                    || std::abs(first.position.y - second.position.y) >= kCardHeight;
                QVERIFY2(a == b || apart, (first.name + " lies over " + second.name).c_str());
            }
        }
    }

    /// As torchvision counts them at 1000 classes.
    void knownNetworksHaveTheirParameters_data()
    {
        QTest::addColumn<qint64>("parameters");
        QTest::newRow("resnet-18") << qint64(11'689'512);
        QTest::newRow("vgg-11") << qint64(132'863'336);
        QTest::newRow("mobilenet-v2") << qint64(3'504'872);
    }
    void knownNetworksHaveTheirParameters()
    {
        QFETCH(qint64, parameters);
        const Project fresh = makeProject(*findTemplate(QTest::currentDataTag()), m_registry);
        QCOMPARE(inferShapes(fresh.graph, m_registry, {}).parameters(), parameters);
    }

    void libraryBlocksFitBehindPictures_data()
    {
        QTest::addColumn<QString>("id");
        for (const char *type : {"ConvBNReLU", "ResidualBlock", "ResidualBlockDown", "VGGBlock", "InvertedResidual", "InceptionModule"})
            QTest::newRow(type) << QString(type);
    }
    void libraryBlocksFitBehindPictures()
    {
        QFETCH(QString, id);
        QVERIFY(m_registry.find(id.toStdString()));
        const Graph graph = *makeLibraryBlock(id.toStdString(), m_registry);
        QCOMPARE(graph.childrenOf({}).size(), 1u);
        const NodeId block = graph.childrenOf({}).front();
        QVERIFY(!exposedParams(graph, m_registry, block).empty());
        QCOMPARE(blockPorts(graph, block, kBlockInputType).size(), 1u);
        QCOMPARE(blockPorts(graph, block, kBlockOutputType).size(), 1u);
        QCOMPARE(flatten(graph, m_registry).issues.size(), 0u);
    }

    void givenDataIsUsed()
    {
        for (const ProjectTemplate &one : projectTemplates()) {
            if (one.dataParam.empty())
                QVERIFY(hasData(makeProject(one, m_registry), m_registry));
            else
                QCOMPARE(dataFolder(makeProject(one, m_registry, "/my/data"), m_registry), std::string("/my/data"));
        }
    }

    void shippedPicturesAreTheDefault()
    {
        QVERIFY(!sampleFolder().empty());
        QCOMPARE(dataFolder(makeProject(*findTemplate("cnn-image-folder"), m_registry), m_registry), sampleFolder().string());
        QCOMPARE(dataFolder(makeProject(*findTemplate("binary-image-folder"), m_registry), m_registry), std::string());
    }

    void fashionMnistIsFoundWhereTheEnvironmentSays()
    {
        const QTemporaryDir folder;
        const QByteArray old = qgetenv("NETLOOM_DATA");
        qputenv("NETLOOM_DATA", folder.path().toUtf8());
        QDir(folder.path()).mkdir("fashion-mnist");
        QFile file(folder.filePath("fashion-mnist/train-images-idx3-ubyte.gz"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Project project = makeProject(*findTemplate("cnn-fashion-mnist"), m_registry);
        qputenv("NETLOOM_DATA", old);
        QCOMPARE(dataFolder(project, m_registry), folder.filePath("fashion-mnist").toStdString());
    }

private:
    const NodeRegistry m_registry = fullRegistry();
};

QTEST_APPLESS_MAIN(TestTemplates)
#include "tst_templates.moc"
