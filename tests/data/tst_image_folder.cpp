// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_nodes.h"
#include "data/data_source.h"
#include "graph/node_spec.h"
#include "support/picture_files.h"

#include <QTest>

#include <map>
#include <set>

using namespace netloom;
using test::PictureFolder;

namespace {

using Opened = Result<std::shared_ptr<DataSource>>;

/// "train 3,3 val 1,0 test 0,0"
QString countsText(const SourceFacts &facts)
{
    QStringList parts;
    for (const Split split : kAllSplits) {
        QStringList numbers;
        for (std::int64_t count : facts.counts.at(std::string(toString(split))))
            numbers << QString::number(count);
        parts << QString::fromUtf8(toString(split).data(), qsizetype(toString(split).size())) + ' ' + numbers.join(',');
    }
    return parts.join(' ');
}

QString joined(const std::vector<std::string> &lines, const char *separator)
{
    QStringList list;
    for (const std::string &line : lines)
        list << QString::fromStdString(line);
    return list.join(separator);
}

/// What decides about @p sample, for comparing two ways of opening.
std::vector<Split> splitsOf(const DataSource &source)
{
    std::vector<Split> splits;
    for (std::int64_t sample = 0; sample < source.size(); ++sample)
        splits.push_back(source.split(sample));
    return splits;
}

} // namespace

class TestImageFolder : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addDataNodes(m_registry); }

    void layoutDecidesTheSplits_data()
    {
        QTest::addColumn<QStringList>("folders"); // "path*count"
        QTest::addColumn<QString>("classes");
        QTest::addColumn<QString>("counts");
        QTest::newRow("classes alone are dealt out") << QStringList{"cat*20", "dog*40"} << "cat dog" << "train 14,28 val 3,6 test 3,6";
        QTest::newRow("train alone is dealt out") << QStringList{"train/cat*20", "train/dog*40"} << "cat dog" << "train 14,28 val 3,6 test 3,6";
        QTest::newRow("train and val leave no test") << QStringList{"train/a*10", "train/b*10", "val/a*2", "val/b*3"} << "a b" << "train 10,10 val 2,3 test 0,0";
        QTest::newRow("train and test give val off train") << QStringList{"train/a*20", "train/b*20", "test/a*4", "test/b*5"} << "a b" << "train 17,17 val 3,3 test 4,5";
        QTest::newRow("all three stay as they are") << QStringList{"train/a*10", "val/a*2", "test/a*1", "train/b*10"} << "a b" << "train 10,10 val 2,0 test 1,0";
        QTest::newRow("other names, any case") << QStringList{"Training/a*10", "VALID/a*2", "Testing/a*3"} << "a" << "train 10 val 2 test 3";
        QTest::newRow("validation") << QStringList{"train/a*10", "validation/a*2"} << "a" << "train 10 val 2 test 0";
        QTest::newRow("nested folders belong to the class") << QStringList{"a/x/y*10", "a/z*10", "b*20"} << "a b" << "train 14,14 val 3,3 test 3,3";
        QTest::newRow("a class named train") << QStringList{"train*20", "car*20"} << "car train" << "train 14,14 val 3,3 test 3,3";
        QTest::newRow("sorted as torchvision does") << QStringList{"b*1", "B*1", "a*1", "ä*1"} << "B a b ä" << "train 1,1,1,1 val 0,0,0,0 test 0,0,0,0";
        QTest::newRow("three are one for each split") << QStringList{"a*3", "b*2"} << "a b" << "train 1,2 val 1,0 test 1,0";
        QTest::newRow("hidden ones don't count") << QStringList{"a*20", ".git*5", "a/.cache*5", "__MACOSX*3"} << "a" << "train 14 val 3 test 3";
        QTest::newRow("empty class folder is no class") << QStringList{"a*20", "b*0"} << "a" << "train 14 val 3 test 3";
    }

    void layoutDecidesTheSplits()
    {
        QFETCH(QStringList, folders);
        const PictureFolder data;
        for (const QString &folder : folders)
            fill(data, folder.section('*', 0, 0), folder.section('*', 1).toInt());
        const Opened source = open(data.root());
        QVERIFY2(source, source ? "" : source.error().text.c_str());
        const SourceFacts &facts = (*source)->facts();
        QTEST(joined(facts.classNames, " "), "classes");
        QTEST(countsText(facts), "counts");
        QVERIFY(facts.known);
        QCOMPARE(facts.channels, 3);
        for (std::int64_t sample = 0; sample < (*source)->size(); ++sample) {
            const std::string name = (*source)->name(sample);
            const std::string &className = facts.classNames[std::size_t((*source)->label(sample))];
            QVERIFY2(("/" + name).find("/" + className + "/") != std::string::npos, name.c_str());
        }
    }

    void unusableFolderSaysWhy_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("below");
        QTest::addColumn<QString>("cause");
        QTest::newRow("missing") << QStringList{} << "nowhere" << "doesn't exist";
        QTest::newRow("a file") << QStringList{"note.txt"} << "note.txt" << "is a file";
        QTest::newRow("empty") << QStringList{} << "" << "holds no folders";
        QTest::newRow("pictures without classes") << QStringList{"1.png", "2.png"} << "" << "holds 2 pictures but no class folders: put the pictures of each class into a folder of its own";
        QTest::newRow("train without classes") << QStringList{"train/1.png"} << "" << "/train' holds 1 picture but no class folders";
        QTest::newRow("no pictures at all") << QStringList{"a/x.txt", "b/y.csv"} << "" << "hold no pictures";
        QTest::newRow("nothing to train on") << QStringList{"val/a/1.png", "test/a/1.png"} << "" << "no folder named train";
    }

    void unusableFolderSaysWhy()
    {
        QFETCH(QStringList, files);
        QFETCH(QString, below);
        QFETCH(QString, cause);
        const PictureFolder data;
        for (const QString &file : files)
            data.write(file, greyPng());
        const Opened source = open(data.path(below));
        QVERIFY(!source);
        QVERIFY2(source.error().text.find(cause.toStdString()) != std::string::npos, source.error().text.c_str());
    }

    void oddThingsAreNamed_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("warning");
        QTest::newRow("empty class") << QStringList{"roses/"} << "The class folder 'roses' holds no pictures";
        QTest::newRow("no pictures") << QStringList{"a/notes.txt", "b/x/notes.md"} << "2 files left out as no picture, for example 'a/notes.txt'";
        QTest::newRow("few") << QStringList{"c/1.png"} << "Fewer than 10 pictures to learn from for 'c'";
        QTest::newRow("loose pictures") << QStringList{"1.png"} << "1 picture beside the class folders (for example '1.png')";
    }

    void oddThingsAreNamed()
    {
        QFETCH(QStringList, files);
        QFETCH(QString, warning);
        const PictureFolder data;
        fill(data, "a", 20);
        fill(data, "b", 20);
        QVERIFY((*open(data.root()))->facts().warnings.empty());
        for (const QString &file : files)
            file.endsWith('/') ? data.makeFolder(file) : (void)data.write(file, greyPng());
        const QString warnings = joined((*open(data.root()))->facts().warnings, "\n");
        QVERIFY2(warnings.contains(warning), qPrintable(warnings));
    }

    void oneClassIsWarnedOfWithTheLikelyMistake()
    {
        const PictureFolder data;
        fill(data, "flowers/daisy", 20);
        fill(data, "flowers/rose", 20);
        const QString warnings = joined((*open(data.root()))->facts().warnings, "\n");
        QVERIFY2(warnings.contains("only one class, 'flowers'"), qPrintable(warnings));
        QVERIFY2(warnings.contains("if 'daisy', 'rose' are the classes, choose the folder 'flowers' instead"), qPrintable(warnings));
    }

    void classOnlyInTestIsWarnedOf()
    {
        const PictureFolder data;
        fill(data, "train/a", 20);
        fill(data, "test/a", 2);
        fill(data, "test/b", 2);
        const QString warnings = joined((*open(data.root()))->facts().warnings, "\n");
        QVERIFY2(warnings.contains("No pictures to learn from for 'b'"), qPrintable(warnings));
    }

    void sameSeedSplitsTheSame()
    {
        const PictureFolder data;
        fill(data, "a", 40);
        fill(data, "b", 40);
        const auto first = splitsOf(**open(data.root()));
        QCOMPARE(first, splitsOf(**open(data.root())));
        QVERIFY(first != splitsOf(**open(data.root(), 2)));
    }

    void excludedPicturesAreGoneAndTheOthersStayWhereTheyWere()
    {
        const PictureFolder data;
        fill(data, "a", 20);
        fill(data, "b", 20);
        const auto before = *open(data.root());
        Params params = paramsFor(data.root());
        params.set("exclude", std::vector<std::string>{"a/3.png", "b/11.png", "b/long gone.png"});
        const auto after = *m_registry.find("ImageFolder")->openSource(params);
        QCOMPARE(after->size(), 38);
        QCOMPARE(after->facts().excluded, 2);
        QVERIFY(after->facts().warnings.empty());
        std::map<std::string, Split> splits;
        for (std::int64_t sample = 0; sample < before->size(); ++sample)
            splits[before->name(sample)] = before->split(sample);
        for (std::int64_t sample = 0; sample < after->size(); ++sample) {
            QVERIFY(after->name(sample) != "a/3.png" && after->name(sample) != "b/11.png");
            QVERIFY(after->split(sample) == splits.at(after->name(sample)));
        }
        QCOMPARE(after->facts().total("train") + after->facts().total("val") + after->facts().total("test"), 38);
    }

    void ruleAndClassesCanBeChosen_data()
    {
        QTest::addColumn<QString>("split");
        QTest::addColumn<QStringList>("only");
        QTest::addColumn<QString>("counts");
        QTest::addColumn<QString>("warning");
        QTest::newRow("as the folders say") << "auto" << QStringList() << "train 20,20,20 val 5,5,5 test 4,4,4" << "";
        QTest::newRow("dealt anew, but for the test") << "stratified" << QStringList() << "train 21,21,21 val 4,4,4 test 4,4,4" << "";
        QTest::newRow("folds, but for the test") << "k-fold" << QStringList() << "train 20,20,20 val 5,5,5 test 4,4,4" << "";
        QTest::newRow("two of three classes") << "auto" << QStringList{"c", "ä b"} << "train 20,20 val 5,5 test 4,4" << "";
        QTest::newRow("an unknown class") << "auto" << QStringList{"c", "ä b", "nobody"} << "train 20,20 val 5,5 test 4,4"
                                          << "There is no class folder 'nobody'";
    }

    void ruleAndClassesCanBeChosen()
    {
        const PictureFolder data;
        for (const QString name : {"a", "ä b", "c"}) {
            fill(data, "Training/" + name, 20);
            fill(data, "validation/" + name, 5);
            fill(data, "TEST/" + name + "/below", 4);
        }
        Params params = paramsFor(data.root());
        QFETCH(QString, split);
        QFETCH(QStringList, only);
        QFETCH(QString, warning);
        params.set("split", split.toStdString());
        std::vector<std::string> names;
        for (const QString &name : only)
            names.push_back(name.toStdString());
        params.set("classes", names);
        const auto source = *m_registry.find("ImageFolder")->openSource(params);
        QTEST(countsText(source->facts()), "counts");
        const QString warnings = joined(source->facts().warnings, "\n");
        QVERIFY2(warning.isEmpty() ? warnings.isEmpty() : warnings.contains(warning), qPrintable(warnings));
    }

    void linkLoopsEnd()
    {
        const PictureFolder data;
        fill(data, "a", 20);
        QVERIFY(QFile::link(QString::fromStdString(data.root()), QString::fromStdString(data.path("a/up"))));
        QVERIFY(QFile::link(QString::fromStdString(data.path("a")), QString::fromStdString(data.path("a/self"))));
        QVERIFY(QFile::link("nowhere", QString::fromStdString(data.path("a/dangling.png"))));
        const Opened source = open(data.root());
        QVERIFY(source);
        QCOMPARE((*source)->size(), 20);
    }

    void sizeIsAFactOnlyWherePicturesAgree()
    {
        const PictureFolder data;
        for (int number = 0; number < 20; ++number)
            data.write(QString("a/%1.png").arg(number), greyPng(number, 6, 8));
        QCOMPARE((*open(data.root()))->facts().height, 6);
        QCOMPARE((*open(data.root()))->facts().width, 8);
        data.write("a/99.png", greyPng(1, 8, 6));
        QCOMPARE((*open(data.root()))->facts().height, Shape::kUnknown);
        QCOMPARE((*open(data.root()))->facts().width, Shape::kUnknown);
    }

    void unreadablePictureIsNamed()
    {
        const PictureFolder data;
        fill(data, "a", 3);
        data.write("a/0.png", "");
        const auto source = *open(data.root());
        const Result<Picture> picture = source->read(0);
        QVERIFY(!picture);
        QCOMPARE(QString::fromStdString(picture.error().text), QString("'a/0.png' is empty (0 bytes)."));
        QCOMPARE(source->read(1)->channels, 3);
    }

    void unchosenFolderIsAMisfit()
    {
        const NodeSpec &spec = *m_registry.find("ImageFolder");
        const Params params = Params::defaults(spec.params);
        const InferResult result = spec.infer(InferInput{params, {}, {}});
        QCOMPARE(std::get<Misfit>(result).code, std::string("no-data"));
        QVERIFY(!spec.openSource(params));
    }

private:
    static QByteArray greyPng(int grey = 7, int height = 4, int width = 4) { return test::greyPng(grey, height, width); }

    static void fill(const PictureFolder &data, const QString &folder, int count)
    {
        data.makeFolder(folder);
        for (int number = 0; number < count; ++number)
            data.write(QString("%1/%2.png").arg(folder).arg(number), greyPng());
    }

    Params paramsFor(const std::string &root) const
    {
        Params params = Params::defaults(m_registry.find("ImageFolder")->params);
        params.set("root", root);
        return params;
    }

    Opened open(const std::string &root, std::int64_t seed = 1) const
    {
        Params params = paramsFor(root);
        params.set("seed", seed);
        return m_registry.find("ImageFolder")->openSource(params);
    }

    NodeRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestImageFolder)
#include "tst_image_folder.moc"
