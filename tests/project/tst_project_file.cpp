// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"
#include "project/templates.h"
#include "run/registry.h"
#include "support/stripes.h"

#include <QTest>

using namespace netloom;

namespace {

const std::filesystem::path kFolder = "/home/ada/nets";

/// A project with one node of @p type whose params are the JSON @p params.
std::string projectWith(const std::string &type, const std::string &params)
{
    return R"({"netloom": 1, "nodes": [{"id": 4, "name": "one", "type": ")" + type + R"(", "position": [0, 0], "params": )" + params + "}]}";
}

std::string text(const QString &string)
{
    return string.toStdString();
}

bool anyNoteHolds(const Issues &notes, const std::string &part)
{
    return std::ranges::any_of(notes, [&](const Issue &note) { return note.text.find(part) != std::string::npos; });
}

QByteArray notesText(const Issues &notes)
{
    QByteArray all;
    for (const Issue &note : notes)
        all += QByteArray::fromStdString(note.text) + '\n';
    return all;
}

} // namespace

class TestProjectFile : public QObject {
    Q_OBJECT

private slots:
    void savingTwiceGivesTheSameBytes_data()
    {
        QTest::addColumn<QString>("first");
        for (const ProjectTemplate &one : projectTemplates())
            QTest::newRow(one.id.c_str()) << QString::fromStdString(projectToJson(makeProject(one, m_registry, "/home/ada/data"), m_registry, kFolder));
        QTest::newRow("written by hand") << QString::fromStdString(test::stripesProject("../data"));
        QTest::newRow("every type") << QString::fromStdString(projectToJson(everyType(), m_registry, kFolder));
        QTest::newRow("nothing") << R"({"netloom": 1})";
    }

    void savingTwiceGivesTheSameBytes()
    {
        QFETCH(QString, first);
        const auto loaded = projectFromJson(text(first), m_registry, kFolder);
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().text.c_str());
        QVERIFY2(loaded->notes.empty(), notesText(loaded->notes));
        const std::string saved = projectToJson(loaded->project, m_registry, kFolder);
        const auto again = projectFromJson(saved, m_registry, kFolder);
        QVERIFY(again.ok());
        QCOMPARE(projectToJson(again->project, m_registry, kFolder), saved);
        QVERIFY(again->project == loaded->project);
    }

    void linkIsOneLineAndParameterToo()
    {
        const auto loaded = projectFromJson(test::stripesProject("/data"), m_registry, kFolder);
        const QString saved = QString::fromStdString(projectToJson(loaded->project, m_registry, kFolder));
        QVERIFY(saved.contains("\n    [\"conv1.output\", \"relu1.input\"],\n"));
        QVERIFY(saved.contains("\n        \"out_channels\": 4,\n        \"kernel_size\": 3,\n"));
        QVERIFY(saved.contains("\n      \"name\": \"conv1\",\n"));
    }

    void howANodeLearnsIsKept()
    {
        auto loaded = projectFromJson(test::stripesProject("/data"), m_registry, kFolder);
        QVERIFY(!QString::fromStdString(projectToJson(loaded->project, m_registry, kFolder)).contains("frozen"));
        const NodeId conv = loaded->project.graph.findByName("conv1")->id;
        loaded->project.graph.setLearning(conv, true, 0.1);
        const std::string saved = projectToJson(loaded->project, m_registry, kFolder);
        QVERIFY(QString::fromStdString(saved).contains("\n      \"frozen\": true,\n      \"lr_scale\": 0.1\n"));
        const auto again = projectFromJson(saved, m_registry, kFolder);
        QVERIFY(again->project == loaded->project);
        QVERIFY(again->project.graph.find(conv)->frozen && again->project.graph.find(conv)->lrScale == 0.1);
    }

    void doublesComeBackExactly()
    {
        Project project;
        const double third = 1.0 / 3;
        const NodeId id = project.graph.addNode(*m_registry.find("Normalize"), {third, -1e-7});
        project.graph.setParam(id, "mean", std::vector<double>{0.1, third, 1e-300});
        project.recipe.set("lr", 0.1 + 0.2);
        const auto loaded = projectFromJson(projectToJson(project, m_registry, {}), m_registry, {});
        QVERIFY(loaded.ok());
        QVERIFY(loaded->project == project);
    }

    void numbersThatJsonLacksBecomeTheDefault()
    {
        Project project;
        const NodeId id = project.graph.addNode(*m_registry.find("Dropout"), {std::nan(""), HUGE_VAL});
        project.graph.setParam(id, "p", std::nan(""));
        const auto loaded = projectFromJson(projectToJson(project, m_registry, {}), m_registry, {});
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->project.graph.find(id)->params.real("p"), 0.5);
    }

    void unknownTypeSurvivesWithParamsAndLinks()
    {
        const std::string params = R"({"deep": [{"a": null}, [1.5, "ü"]], "root": "x"})";
        const std::string file = R"({"netloom": 1, "nodes": [{"id": 1, "name": "relu1", "type": "ReLU", "position": [0, 0]},
            {"id": 2, "name": "quantum", "type": "QuantumLayer", "position": [5, 6], "params": )" + params + R"(, "colour": "red"}],
            "links": [["relu1.output", "quantum.psi"], ["quantum.phi", "relu1.other"]]})";
        const auto loaded = projectFromJson(file, m_registry, kFolder);
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->notes.size(), std::size_t(2)); // the type, and the second link, which closes a cycle
        const QString saved = QString::fromStdString(projectToJson(loaded->project, m_registry, kFolder));
        QVERIFY(saved.contains(R"("deep": [{"a": null}, [1.5, "ü"]])"));
        QVERIFY(saved.contains(R"("root": "x")"));
        QVERIFY(saved.contains(R"("colour": "red")"));
        QVERIFY(saved.contains(R"(["relu1.output", "quantum.psi"])"));
        const auto again = projectFromJson(text(saved), m_registry, kFolder);
        QVERIFY(again->project == loaded->project);
    }

    void paramsOfAnUnknownTypeMayBeAnything()
    {
        for (const char *params : {"[1, 2]", "7", "null", "\"words\"", "{}"}) {
            const auto loaded = projectFromJson(projectWith("QuantumLayer", params), m_registry, kFolder);
            QVERIFY(loaded.ok());
            const QString saved = QString::fromStdString(projectToJson(loaded->project, m_registry, kFolder));
            QVERIFY2(saved.contains(QStringLiteral("\"params\": %1").arg(params)), qPrintable(saved));
        }
    }

    void membersOfNewerVersionsSurvive()
    {
        const std::string file = R"({"netloom": 1, "author": {"name": "Ada"}, "recipe": {"lr": 0.5, "warmup": [1, 2]},
            "nodes": [{"id": 1, "name": "drop", "type": "Dropout", "position": [0, 0], "params": {"p": 0.25, "inplace": true}, "note": "why"}]})";
        const auto loaded = projectFromJson(file, m_registry, kFolder);
        QVERIFY(loaded.ok());
        QVERIFY2(loaded->notes.empty(), notesText(loaded->notes));
        QCOMPARE(loaded->project.recipe.real("lr"), 0.5);
        const QString saved = QString::fromStdString(projectToJson(loaded->project, m_registry, kFolder));
        for (const char *kept : {R"("author": {"name": "Ada"})", R"("warmup": [1, 2])", R"("inplace": true)", R"("note": "why")"})
            QVERIFY2(saved.contains(kept), kept);
    }

    void wrongValueIsResetAndNoted_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("note");
        QTest::newRow("below its range") << "Dropout" << R"({"p": -1})" << "p cannot be -1";
        QTest::newRow("text for a number") << "Dropout" << R"({"p": "half"})" << "p cannot be half";
        QTest::newRow("object for a number") << "Dropout" << R"({"p": {"a": 1}})" << "p cannot be {\"a\": 1}";
        QTest::newRow("null") << "Dropout" << R"({"p": null})" << "p cannot be null";
        QTest::newRow("fraction of a channel") << "Conv2d" << R"({"out_channels": 2.5})" << "out_channels cannot be 2.5";
        QTest::newRow("larger than any whole number") << "Conv2d" << R"({"out_channels": 18446744073709551615})" << "out_channels cannot be";
        QTest::newRow("three for a pair") << "Conv2d" << R"({"kernel_size": [3, 3, 3]})" << "kernel_size cannot be 3, 3, 3";
        QTest::newRow("list of words") << "Conv2d" << R"({"kernel_size": ["a"]})" << "kernel_size cannot be [\"a\"]";
        QTest::newRow("no object at all") << "Dropout" << "[1]" << "no JSON object";
    }

    void wrongValueIsResetAndNoted()
    {
        QFETCH(QString, type);
        QFETCH(QString, params);
        QFETCH(QString, note);
        const auto loaded = projectFromJson(projectWith(text(type), text(params)), m_registry, kFolder);
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->notes.size(), std::size_t(1));
        QVERIFY2(anyNoteHolds(loaded->notes, text(note)), notesText(loaded->notes));
        QCOMPARE(loaded->notes[0].node, NodeId{4});
        QVERIFY(loaded->project.graph.find(NodeId{4})->params == Params::defaults(m_registry.find(text(type))->params));
    }

    void missingParameterGetsItsDefault()
    {
        const auto loaded = projectFromJson(projectWith("Conv2d", R"({"out_channels": 7.0})"), m_registry, kFolder);
        QVERIFY(loaded.ok() && loaded->notes.empty());
        const Params &params = loaded->project.graph.find(NodeId{4})->params;
        QCOMPARE(params.integer("out_channels"), 7);
        QVERIFY(params.at("stride") == m_registry.find("Conv2d")->findParam("stride")->fallback);
    }

    void refusedLinkIsLeftOutWithItsReason_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("reason");
        QTest::newRow("cycle") << R"(["b.output", "a.input"])" << "cycle";
        QTest::newRow("taken input") << R"(["data.target", "loss.target"])" << "already";
        QTest::newRow("wrong kind") << R"(["data.image", "a.input"])" << "ToTensor";
        QTest::newRow("no such port") << R"(["a.sideways", "b.input"])" << "no output 'sideways'";
        QTest::newRow("no such node") << R"(["ghost.output", "b.input"])" << "no node called so";
        QTest::newRow("no pair") << R"(["a.output"])" << "pair";
        QTest::newRow("no text") << R"([1, {}])" << "pair";
    }

    void refusedLinkIsLeftOutWithItsReason()
    {
        QFETCH(QString, link);
        QFETCH(QString, reason);
        const std::string file = R"({"netloom": 1, "nodes": [{"name": "data", "type": "ImageFolder"}, {"name": "a", "type": "ReLU"},
            {"name": "b", "type": "ReLU"}, {"name": "loss", "type": "CrossEntropyLoss"}],
            "links": [["a.output", "b.input"], ["data.target", "loss.target"], )" + text(link) + "]}";
        const auto loaded = projectFromJson(file, m_registry, kFolder);
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->project.graph.links().size(), std::size_t(2));
        QCOMPARE(loaded->notes.size(), std::size_t(1));
        QVERIFY2(anyNoteHolds(loaded->notes, text(reason)), notesText(loaded->notes));
        QVERIFY2(anyNoteHolds(loaded->notes, text(link)), notesText(loaded->notes));
    }

    void takenOrOddNameIsReplacedAndLinksFollow()
    {
        const std::string file = R"({"netloom": 1, "nodes": [{"id": 7, "name": "a.b c", "type": "ReLU"}, {"id": 7, "name": "x", "type": "ReLU"},
            {"id": -3, "name": "x", "type": "ReLU"}], "links": [["a.b c.output", "x.input"]]})";
        const auto loaded = projectFromJson(file, m_registry, kFolder);
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->project.graph.nodes().size(), std::size_t(3));
        QCOMPARE(loaded->notes.size(), std::size_t(2));
        QCOMPARE(loaded->project.graph.links().size(), std::size_t(1));
    }

    void whatIsNoProjectIsRefusedWithTheCause_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("cause");
        QTest::newRow("empty") << "" << "line 1, column 1";
        QTest::newRow("cut in half") << "{\n  \"netloom\": 1,\n  \"nodes\": [" << "breaks off at line 3, column 13";
        QTest::newRow("stray comma") << "{\n  \"netloom\": 1,,\n}" << "line 2, column 16";
        QTest::newRow("a list") << "[1]" << "no Netloom project";
        QTest::newRow("other JSON") << R"({"a": 1})" << "\"netloom\"";
        QTest::newRow("newer") << R"({"netloom": 2})" << "newer version";
        QTest::newRow("version as text") << R"({"netloom": "1"})" << "whole number";
        QTest::newRow("nodes no list") << R"({"netloom": 1, "nodes": {}})" << "\"nodes\" must be a list";
        QTest::newRow("links no list") << R"({"netloom": 1, "links": 3})" << "\"links\" must be a list";
        QTest::newRow("recipe no object") << R"({"netloom": 1, "recipe": []})" << "\"recipe\"";
        QTest::newRow("node a number") << R"({"netloom": 1, "nodes": [5]})" << "nodes[0]";
        QTest::newRow("node without type") << R"({"netloom": 1, "nodes": [{"name": "a"}]})" << "nodes[0].type";
        QTest::newRow("nested without end") << QString(100000, '[') << "too deep";
        QTest::newRow("too large a number") << R"({"netloom": 1, "recipe": {"lr": 1e999}})" << "too large";
    }

    void whatIsNoProjectIsRefusedWithTheCause()
    {
        QFETCH(QString, file);
        QFETCH(QString, cause);
        const auto loaded = projectFromJson(text(file), m_registry, kFolder);
        QVERIFY(!loaded.ok());
        QVERIFY2(loaded.error().text.find(text(cause)) != std::string::npos, loaded.error().text.c_str());
    }

    void damageNeverCrashes()
    {
        const std::string whole = test::stripesProject("data");
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!projectFromJson(whole.substr(0, length), m_registry, kFolder).ok());
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (int flip : {1, 4, 32, 128}) {
                std::string damaged = whole;
                damaged[at] = char(damaged[at] ^ flip);
                if (const auto loaded = projectFromJson(damaged, m_registry, kFolder))
                    QVERIFY(projectFromJson(projectToJson(loaded->project, m_registry, kFolder), m_registry, kFolder).ok());
            }
        }
    }

    void wrongTypesEverywhereNeverCrash()
    {
        const std::string whole = test::stripesProject("data");
        const std::string starts = "[{\"0123456789tfn";
        for (std::size_t at = 0; at < whole.size(); ++at) {
            if (starts.find(whole[at]) == std::string::npos)
                continue;
            for (const char *other : {"null", "[]", "{}", "-1", "1e300", "true", "\"\""}) {
                std::string damaged = whole;
                std::size_t end = at + 1;
                if (whole[at] == '"')
                    end = whole.find('"', at + 1) + 1;
                damaged.replace(at, end - at, other);
                (void)projectFromJson(damaged, m_registry, kFolder);
            }
        }
    }

private:
    /// One node of every type, with its defaults.
    Project everyType() const
    {
        Project project;
        for (const auto &spec : m_registry.all())
            project.graph.addNode(*spec, {1.5, 2});
        return project;
    }

    const NodeRegistry m_registry = fullRegistry();
};

QTEST_APPLESS_MAIN(TestProjectFile)
#include "tst_project_file.moc"
