// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/saved_block.h"

#include "graph/structure.h"
#include "project/block_library.h"
#include "project/project.h"
#include "run/registry.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace netloom;

namespace {

/// Text of a block's file whose one node has @p members besides its type.
QByteArray blockWith(const QByteArray &members)
{
    return R"({"netloom": 1, "nodes": [{"id": 1, "name": "mine", "type": "Block")" + members + "}]}";
}

QByteArray nested(int depth)
{
    QByteArray text = R"({"name": "b", "type": "Block"})";
    for (int level = 1; level < depth; ++level)
        text = R"({"name": "b", "type": "Block", "inside": {"nodes": [)" + text + "]}}";
    return R"({"netloom": 1, "nodes": [)" + text + "]}";
}

} // namespace

class TestSavedBlock : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_folder;

    std::filesystem::path file(const char *name = "mine.json") const { return m_folder.filePath(name).toStdString(); }

    void write(const QByteArray &text)
    {
        QFile file(QString::fromStdString(this->file().string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private slots:
    void everyShippedBlockComesBackAsItWas_data()
    {
        QTest::addColumn<QString>("type");
        for (const auto &spec : m_registry.all()) {
            if (isLibraryBlock(spec->type))
                QTest::newRow(spec->type.c_str()) << QString::fromStdString(spec->type);
        }
    }
    void everyShippedBlockComesBackAsItWas()
    {
        QFETCH(QString, type);
        SavedBlock block{*makeLibraryBlock(type.toStdString(), m_registry), "What it is for: ‘this’.", {}};
        block.graph.setParam(block.graph.childrenOf({}).front(), kRepeatParam, std::int64_t{3});
        QVERIFY(saveBlock(block, m_registry, file("new folder/mine.json")));
        const auto loaded = loadBlock(m_registry, file("new folder/mine.json"));
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().text.c_str());
        QVERIFY(loaded->notes.empty());
        QVERIFY(loaded->block.graph.nodes() == block.graph.nodes());
        QCOMPARE(loaded->block.doc, block.doc);
        QCOMPARE(blockToJson(loaded->block, m_registry), blockToJson(block, m_registry)); // links are kept block by block
    }

    void unknownMembersSurvive()
    {
        write(R"({"netloom": 1, "block": {"doc": "Mine.", "author": "Ada"}, "licence": "free",
            "nodes": [{"id": 1, "name": "mine", "type": "Block", "colour": "red", "inside": {"nodes": [
                {"id": 2, "name": "x", "type": "FromTheFuture", "params": {"a": [1]}}], "links": []}}]})");
        const auto loaded = loadBlock(m_registry, file());
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->block.doc, std::string("Mine."));
        QCOMPARE(loaded->notes.size(), 1u); // the type
        const std::string again = blockToJson(loaded->block, m_registry);
        for (const char *part : {"\"author\": \"Ada\"", "\"licence\": \"free\"", "\"colour\": \"red\"", "FromTheFuture", "\"a\": [1]", "\"doc\": \"Mine.\""})
            QVERIFY2(again.find(part) != std::string::npos, part);
        QVERIFY(again.find("recipe") == std::string::npos);
    }

    void oddMembersAreReadAsWellAsTheyCanBe()
    {
        write(R"({"netloom": 1, "block": 5, "links": [7], "nodes": [{"name": "mine", "type": "Block", "bypassed": true, "position": "left",
            "exposed": {"repeat": "times"}, "params": {"repeat": "often"}}]})");
        const auto loaded = loadBlock(m_registry, file());
        QVERIFY(loaded.ok());
        const Node &node = blockNode(loaded->block);
        QVERIFY(!node.bypassed && node.exposed.empty() && node.position == Point{});
        QCOMPARE(node.params.integer(kRepeatParam), 1);
        QVERIFY(blockToJson(loaded->block, m_registry).find("\"doc\": \"\"") != std::string::npos);
        write("{\"block\": {\"doc\": \"two\\nlines" + QByteArray("ü").repeated(500) + "\"}, " + blockWith("").mid(1));
        const auto cut = loadBlock(m_registry, file());
        QVERIFY(cut.ok());
        QVERIFY(cut->block.doc.starts_with("two linesü"));
        QVERIFY(cut->block.doc.size() <= kMaxBlockDoc);
        QVERIFY(QString::fromStdString(cut->block.doc).endsWith("ü")); // cut between letters
    }

    void whatIsNoBlockIsRefusedWithAReason_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << QByteArray() << "breaks off";
        QTest::newRow("no JSON") << QByteArray("GIF89a") << "no valid JSON";
        QTest::newRow("deep lists") << QByteArray("[").repeated(100'000) << "nest too deep";
        QTest::newRow("deep blocks") << nested(40) << "too deep";
        QTest::newRow("a list") << QByteArray("[1, 2]") << "no JSON object";
        QTest::newRow("other JSON") << QByteArray(R"({"name": "x"})") << "no Netloom project";
        QTest::newRow("newer") << QByteArray(R"({"netloom": 99, "nodes": []})") << "newer version";
        QTest::newRow("nothing in it") << QByteArray(R"({"netloom": 1})") << "0 nodes";
        QTest::newRow("another type") << QByteArray(R"({"netloom": 1, "nodes": [{"type": "ReLU", "name": "a"}]})") << "ReLU 'a'";
        QTest::newRow("two blocks") << QByteArray(R"({"netloom": 1, "nodes": [{"type": "Block"}, {"type": "Block"}]})") << "2 nodes";
        QTest::newRow("nodes are a number") << QByteArray(R"({"netloom": 1, "nodes": 5})") << "must be a list";
        QTest::newRow("inside is a list") << blockWith(R"(, "inside": [])") << "must be an object";
        QTest::newRow("node is a number") << blockWith(R"(, "inside": {"nodes": [3]})") << "must be an object";
        QTest::newRow("type is a number") << QByteArray(R"({"netloom": 1, "nodes": [{"type": 3}]})") << "must name";
        QTest::newRow("too many nodes") << blockWith(R"(, "inside": {"nodes": [)" + QByteArray(R"({"type": "ReLU"}, )").repeated(2500) + R"({"type": "ReLU"}]})") << "more than";
    }
    void whatIsNoBlockIsRefusedWithAReason()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        write(text);
        const auto loaded = loadBlock(m_registry, file());
        QVERIFY(!loaded);
        const QString error = QString::fromStdString(loaded.error().text);
        QVERIFY2(error.contains(reason) && error.contains("mine.json"), qPrintable(error));
    }

    void onlyBlockFilesAreListed()
    {
        for (const char *name : {"list/b.json", "list/a.json", "list/.hidden.json", "list/notes.txt"})
            QVERIFY(saveBlock({*makeLibraryBlock("VGGBlock", m_registry), {}, {}}, m_registry, file(name)));
        const auto found = blockFiles(file("list"));
        QCOMPARE(found.size(), 2u);
        QCOMPARE(found[0].filename().string(), std::string("a.json"));
        QVERIFY(blockFiles(file("nowhere")).empty());
    }
};

QTEST_APPLESS_MAIN(TestSavedBlock)
#include "tst_saved_block.moc"
