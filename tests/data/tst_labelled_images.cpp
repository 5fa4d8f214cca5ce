// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_nodes.h"
#include "data/data_source.h"
#include "graph/node_spec.h"
#include "support/picture_files.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace netloom;
using test::PictureFolder;

class TestLabelledImages : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addDataNodes(m_registry); }

    void listsOfManyKindsAreRead_data()
    {
        QTest::addColumn<QString>("csv");
        QTest::addColumn<QStringList>("params"); // name=value
        QTest::addColumn<QString>("samples");    // file:class, in the order of the list
        QTest::newRow("header") << "filename,label\n1.png,cat\n2.png,dog\nsub/3.png,cat\n" << QStringList() << "1.png:cat 2.png:dog sub/3.png:cat";
        QTest::newRow("no header") << "1.png,cat\n2.png,dog\n" << QStringList() << "1.png:cat 2.png:dog";
        QTest::newRow("without endings") << "id,breed\n1,cat\n2,dog\n" << QStringList() << "1.png:cat 2.png:dog";
        QTest::newRow("bare names of what lies deeper") << "file,class\n3.png,cat\n4,dog\n" << QStringList() << "sub/3.png:cat sub/deep/4.jpg:dog";
        QTest::newRow("folders above the root") << "file,class\ndata/pictures/sub/3.png,cat\n./1.png,dog\n" << QStringList() << "sub/3.png:cat 1.png:dog";
        QTest::newRow("backslashes, semicolons, CRLF") << "file;class\r\nsub\\3.png;cat\r\n1.png;dog\r\n" << QStringList() << "sub/3.png:cat 1.png:dog";
        QTest::newRow("label first, other columns") << "label,width,file\ncat,4,1.png\ndog,4,2.png\n" << QStringList() << "1.png:cat 2.png:dog";
        QTest::newRow("numbers in their order") << "f,label\n1.png,10\n2.png,9\n" << QStringList() << "1.png:10 2.png:9";
        QTest::newRow("label by what it holds") << "f,seen,kind\n1.png,3 May,cat\n2.png,4 May,dog\n3.png,5 May,cat\n" << QStringList() << "1.png:cat 2.png:dog sub/3.png:cat";
        QTest::newRow("columns chosen by name") << "f,label,kind\n1.png,x,cat\n2.png,y,dog\n" << QStringList{"file_column=f", "label_column=kind"} << "1.png:cat 2.png:dog";
        QTest::newRow("columns chosen by number") << "f,label,kind\n1.png,x,cat\n2.png,y,dog\n" << QStringList{"label_column=3"} << "1.png:cat 2.png:dog";
        QTest::newRow("quotes, unicode, spaces") << "file,label\n\"größe, 画像.png\",Köln\n1.png , cat \n" << QStringList() << "größe, 画像.png:Köln 1.png:cat";
        QTest::newRow("several pictures go by one name") << "file,label\n5.png,cat\na/5.png,dog\n1.png,dog\n" << QStringList() << "a/5.png:dog 1.png:dog";
    }

    void listsOfManyKindsAreRead()
    {
        QFETCH(QString, csv);
        QFETCH(QStringList, params);
        const PictureFolder data;
        fill(data);
        data.write("list.csv", csv.toUtf8());
        const auto source = open(data, params);
        QVERIFY2(source, source ? "" : source.error().text.c_str());
        QStringList samples;
        for (std::int64_t sample = 0; sample < (*source)->size(); ++sample) {
            const std::string &label = (*source)->facts().classNames[std::size_t((*source)->label(sample))];
            samples << QString::fromStdString((*source)->name(sample) + ":" + label);
            QVERIFY((*source)->read(sample).ok());
        }
        QTEST(samples.join(' '), "samples");
        if (QByteArrayView(QTest::currentDataTag()) == "numbers in their order")
            QCOMPARE((*source)->facts().classNames, (std::vector<std::string>{"9", "10"}));
    }

    void severalLabelsAreFoundInTheirForms_data()
    {
        QTest::addColumn<QString>("csv");
        QTest::addColumn<QStringList>("params");
        QTest::addColumn<QString>("samples"); // file:labels; no "+" where each has one class
        QTest::addColumn<QString>("labels");  // all, in order
        QTest::newRow("semicolons") << "file,labels\n1.png,dog; cat\n2.png,cat\n3.png,\n" << QStringList() << "1.png:cat+dog 2.png:cat+ sub/3.png:+" << "cat dog";
        QTest::newRow("bars, quoted semicolons around") << "file;tags\n1.png;a|b\n2.png;b|c\n3.png;a|b|c\n" << QStringList() << "1.png:a+b 2.png:b+c sub/3.png:a+b+c" << "a b c";
        QTest::newRow("commas that recur") << "file,label\n1.png,\"a,b\"\n2.png,a\n3.png,b\n4.jpg,\"b,a\"\n" << QStringList() << "1.png:a+b 2.png:a+ sub/3.png:b+ sub/deep/4.jpg:a+b" << "a b";
        QTest::newRow("spaces that recur") << "file,tags\n1.png,sky sea\n2.png,sea\n3.png,sky\n4.jpg,sea sky\n" << QStringList() << "1.png:sea+sky 2.png:sea+ sub/3.png:sky+ sub/deep/4.jpg:sea+sky" << "sea sky";
        QTest::newRow("names with spaces are names") << "file,label\n1.png,red car\n2.png,red bus\n" << QStringList() << "1.png:red car 2.png:red bus" << "red bus red car";
        QTest::newRow("names with commas are names") << "file,label\n1.png,\"Kiel, north\"\n2.png,\"Ulm, south\"\n" << QStringList() << "1.png:Kiel, north 2.png:Ulm, south" << "Kiel, north Ulm, south";
        QTest::newRow("columns of 0 and 1") << "file,rain,sun\n1.png,1,0\n2.png,1,1\n3.png,0,0\n" << QStringList() << "1.png:rain+ 2.png:rain+sun sub/3.png:+" << "rain sun";
        QTest::newRow("columns named") << "file,label,rain,sun,wind\n1.png,x,1,0,1\n2.png,y,1,1,0\n" << QStringList{"label_columns=sun;rain"} << "1.png:rain+ 2.png:sun+rain" << "sun rain";
        QTest::newRow("a class beside flags") << "file,species,old,wild\n1.png,cat,1,0\n2.png,dog,0,1\n" << QStringList() << "1.png:cat 2.png:dog" << "cat dog";
        QTest::newRow("one, although") << "file,label\n1.png,a;b\n2.png,b\n" << QStringList{"labels=one"} << "1.png:a;b 2.png:b" << "a;b b";
        QTest::newRow("columns asked for") << "file,label,rain,sun\n1.png,x,true,no\n2.png,y,false,yes\n" << QStringList{"labels=columns"} << "1.png:rain+ 2.png:sun+" << "rain sun";
        QTest::newRow("separator asked for") << "file,label\n1.png,a b\n2.png,c d\n" << QStringList{"label_separator=space"} << "1.png:a+b 2.png:c+d" << "a b c d";
    }

    void severalLabelsAreFoundInTheirForms()
    {
        QFETCH(QString, csv);
        QFETCH(QStringList, params);
        const PictureFolder data;
        fill(data);
        data.write("list.csv", csv.toUtf8());
        const auto source = open(data, params);
        QVERIFY2(source, source ? "" : source.error().text.c_str());
        const SourceFacts &facts = (*source)->facts();
        QStringList samples, labels;
        for (const std::string &name : facts.classNames)
            labels << QString::fromStdString(name);
        for (std::int64_t sample = 0; sample < (*source)->size(); ++sample) {
            QStringList names;
            for (const std::int32_t label : (*source)->labels(sample))
                names << labels[label];
            QString text = names.join('+');
            if (facts.severalLabels && names.size() < 2)
                text += '+';
            samples << QString::fromStdString((*source)->name(sample)) + ':' + text;
        }
        QTEST(samples.join(' '), "samples");
        QTEST(labels.join(' '), "labels");
        QCOMPARE(facts.total("train") + facts.total("val") + facts.total("test"), (*source)->size());
    }

    void eachPartGetsItsShareOfARareLabel()
    {
        const PictureFolder data;
        QByteArray csv = "file,labels\n";
        for (int number = 0; number < 100; ++number) {
            data.write(QString("%1.png").arg(number), test::greyPng(number));
            csv += QByteArray::number(number) + ".png,common" + (number % 2 ? ";half" : "") + (number % 10 == 0 ? ";rare" : "") + '\n';
        }
        data.write("labels.csv", csv);
        const auto source = *open(data, {"val_fraction=0.2", "test_fraction=0.2"});
        const auto rare = std::size_t(std::ranges::find(source->facts().classNames, "rare") - source->facts().classNames.begin());
        QCOMPARE(source->facts().counts.at("val")[rare], 2);
        QCOMPARE(source->facts().counts.at("test")[rare], 2);
        QCOMPARE(source->facts().counts.at("train")[rare], 6);
        QCOMPARE(source->facts().total("train"), 60);
    }

    void whatDoesntFitIsSaid_data()
    {
        QTest::addColumn<QString>("csv");
        QTest::addColumn<QStringList>("params");
        QTest::addColumn<QString>("problem"); // of opening; or a warning where it opens
        QTest::newRow("missing files") << "file,label\n1.png,a\n2.png,b\ngone.png,c\n" << QStringList() << "1 listed picture left out as missing: 'gone.png'.";
        QTest::newRow("no label") << "file,label\n1.png,a\n2.png,b\n3.png,\n4.jpg,?\n" << QStringList() << "2 pictures left out for want of a label.";
        QTest::newRow("listed twice") << "file,label\n1.png,a\n2.png,b\n1.png,b\n" << QStringList() << "1 row left out: the picture is listed before.";
        QTest::newRow("too few cells") << "file,label\n1.png,a\n2.png,b\n3.png\n" << QStringList() << "1 row left out: the number of cells";
        QTest::newRow("one class") << "file,label\n1.png,a\n2.png,a\n" << QStringList() << "There is only one class, 'a'";
        QTest::newRow("odd split") << "file,label,part\n1.png,a,train\n2.png,b,later\n" << QStringList{"split_column=part"} << "1 row taken for training";
        QTest::newRow("no labels apart") << "file,label\n1.png,a\n2.png,b\n" << QStringList{"labels=several"} << "holds no cell with several labels: set label_separator";
        QTest::newRow("one label alone") << "file,label\n1.png,a;a\n2.png,a\n" << QStringList{"label_separator=;"} << "holds fewer than two labels";
        QTest::newRow("no columns of marks") << "file,label\n1.png,a\n2.png,b\n" << QStringList{"labels=columns"} << "has no two columns of 0 and 1";
        QTest::newRow("unknown column") << "file,label\n1.png,a\n2.png,b\n" << QStringList{"label_column=klass"} << "has no column 'klass': choose label_column among 'file', 'label'";
        QTest::newRow("no pictures of the folder") << "file,label\nx.png,a\ny.png,b\n" << QStringList() << "holds no CSV file that lists its pictures";
        QTest::newRow("none found in the column chosen") << "file,label\n1.png,a\n2.png,b\n" << QStringList{"file_column=label", "label_column=file"} << "None of the pictures that";
        QTest::newRow("one column") << "1.png\n2.png\n" << QStringList() << "holds no CSV file that lists its pictures";
        QTest::newRow("open quote") << "file,label\n1.png,\"a\n2.png,b\n" << QStringList{"csv=list.csv"} << "quote";
        QTest::newRow("no list") << "" << QStringList{"csv=gone.csv"} << "gone.csv";
    }

    void whatDoesntFitIsSaid()
    {
        QFETCH(QString, csv);
        QFETCH(QStringList, params);
        QFETCH(QString, problem);
        const PictureFolder data;
        fill(data);
        data.write("list.csv", csv.toUtf8());
        const auto source = open(data, params);
        QStringList texts;
        if (source) {
            QVERIFY((*source)->facts().classCount() <= 2); // those of pictures that are there
            for (const std::string &warning : (*source)->facts().warnings)
                texts << QString::fromStdString(warning);
        } else {
            texts << QString::fromStdString(source.error().text);
        }
        QVERIFY2(texts.join('\n').contains(problem), qPrintable(texts.join('\n')));
    }

    void splitColumnDecidesAndExclusionLeavesOut()
    {
        const PictureFolder data;
        QByteArray csv = "file,label,split\n";
        for (int number = 0; number < 30; ++number) {
            data.write(QString("%1.png").arg(number), test::greyPng(number));
            csv += QByteArray::number(number) + ".png," + (number % 2 ? "odd," : "even,") + (number < 20 ? "Train\n" : number < 26 ? "valid\n" : "TEST\n");
        }
        data.write("labels.csv", csv);
        const auto source = *open(data, {"split_column=split", "exclude=29.png"});
        QCOMPARE(source->facts().total("train"), 20);
        QCOMPARE(source->facts().total("val"), 6);
        QCOMPARE(source->facts().total("test"), 3);
        QCOMPARE(source->facts().excluded, 1);
        QVERIFY(source->split(25) == Split::Val);
        QCOMPARE((*open(data, {}))->facts().total("test"), 4); // 15 % of each class
    }

    void folderWithAListIsRecognised()
    {
        const auto recognise = m_registry.find("LabelledImages")->recognise;
        const PictureFolder data;
        fill(data);
        QVERIFY(!recognise(data.root()));
        data.write("notes.csv", "a,b\n1,2\n");
        data.write("pictures.csv", "file,label,set\n1.png,a,train\n2.png,b,TEST\n");
        const auto params = recognise(data.root());
        QVERIFY(params);
        QCOMPARE(params->text("csv"), data.path("pictures.csv"));
        QCOMPARE(params->text("split_column"), std::string("set"));
        QVERIFY(!recognise(data.path("pictures.csv")));
    }

private:
    static void fill(const PictureFolder &data)
    {
        for (const char *file : {"1.png", "2.png", "sub/3.png", "sub/deep/4.jpg", "größe, 画像.png", "a/5.png", "b/5.png"})
            data.write(file, test::greyPng(9));
    }

    Result<std::shared_ptr<DataSource>> open(const PictureFolder &data, const QStringList &given) const
    {
        const NodeSpec &spec = *m_registry.find("LabelledImages");
        Params params = Params::defaults(spec.params);
        params.set("root", data.root());
        for (const QString &text : given) {
            const std::string name = text.section('=', 0, 0).toStdString();
            const QString value = text.section('=', 1);
            params.set(name, *parseParam(*spec.findParam(name), name == "csv" ? data.path(value) : value.toStdString()));
        }
        return spec.openSource(params);
    }

    NodeRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestLabelledImages)
#include "tst_labelled_images.moc"
