// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_rows.h"
#include "support/table_file.h"

#include <QTest>

#include <cmath>

using namespace netloom;
using test::openTable;
using test::rowOf;
using test::TableFile;

namespace {

using Settings = std::vector<std::pair<std::string, ParamValue>>;
using Names = std::vector<std::string>;

QString joined(const std::vector<std::string> &words)
{
    QStringList list;
    for (const std::string &word : words)
        list << QString::fromStdString(word);
    return list.join('|');
}

/// What a table came to: columns, target, classes, and its first row.
QString summary(const DataSource &source)
{
    const SourceFacts &facts = source.facts();
    Names names;
    for (const ColumnFacts &column : facts.columns)
        names.push_back(column.name);
    QStringList row;
    for (const float number : rowOf(source, 0))
        row << QString::number(double(number));
    const QString learned = facts.learnsNumber ? "number" : joined(facts.classNames);
    return joined(names) + " -> " + QString::fromStdString(facts.targetName) + ": " + learned + "; " + QString::number(source.size()) + " rows; "
        + row.join(' ');
}

QByteArray utf16(const char *text, bool bigEndian)
{
    const QString all = QString::fromUtf8(text);
    QByteArray bytes(bigEndian ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (const QChar letter : all) {
        const char low = char(letter.unicode() & 0xFF);
        const char high = char(letter.unicode() >> 8);
        bytes += bigEndian ? QByteArray{} + high + low : QByteArray{} + low + high;
    }
    return bytes;
}

bool warns(const SourceFacts &facts, const std::string &part)
{
    return std::ranges::any_of(facts.warnings, [&](const std::string &warning) { return warning.find(part) != std::string::npos; });
}

} // namespace

class TestCsvTable : public QObject {
    Q_OBJECT

private slots:
    void everyWayOfWritingATableIsRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const QString plain = "a|b -> kind: x|y; 3 rows; 1.5 2";
        QTest::newRow("commas") << QByteArray("a,b,kind\n1.5,2,x\n3,4,y\n5,6,x\n") << plain;
        QTest::newRow("semicolons, decimal commas, CRLF") << QByteArray("a;b;kind\r\n1,5;2;x\r\n3;4;y\r\n5;6;x") << plain;
        QTest::newRow("tabs") << QByteArray("a\tb\tkind\n1.5\t2\tx\n3\t4\ty\n5\t6\tx\n") << plain;
        QTest::newRow("bars, spaces, CR") << QByteArray(" a | b | kind \r 1.5 | 2 | x \r3|4|y\r5|6|x\r") << plain;
        QTest::newRow("UTF-8 with mark, blank lines") << QByteArray("\xEF\xBB\xBF" "a,b,kind\n\n1.5,2,x\n \n3,4,y\n5,6,x\n") << plain;
        QTest::newRow("UTF-16") << utf16("a,b,kind\n1.5,2,x\n3,4,y\n5,6,x\n", false) << plain;
        QTest::newRow("UTF-16, big end first") << utf16("a,b,kind\n1.5,2,x\n3,4,y\n5,6,x\n", true) << plain;
        QTest::newRow("Windows-1252") << QByteArray("gr\xF6\xDF" "e,\x80,kind\n1.5,2,x\n3,4,y\n5,6,x\n") << QString::fromUtf8("größe|€ -> kind: x|y; 3 rows; 1.5 2");
        QTest::newRow("double quotes") << QByteArray("\"a, with\ncomma\",\"say \"\"b\"\"\",kind\n1.5,\"2\",\"x, \"\"1\"\"\"\n3,4,y\n5,6,y\n")
                                       << QString("a, with comma|say \"b\" -> kind: x, \"1\"|y; 3 rows; 1.5 2");
        QTest::newRow("single quotes") << QByteArray("'a,b','c','kind'\n1.5,2,'x,z'\n3,4,'y'\n5,6,'y'\n") << QString("a,b|c -> kind: x,z|y; 3 rows; 1.5 2");
        QTest::newRow("apostrophes") << QByteArray("a,b,kind\n1.5,2,'tis\n3,4,don't\n5,6,'tis\n") << QString("a|b -> kind: 'tis|don't; 3 rows; 1.5 2");
        QTest::newRow("no header") << QByteArray("1.5,2,x\n3,4,y\n5,6,x\n") << QString("column 1|column 2 -> column 3: x|y; 3 rows; 1.5 2");
        QTest::newRow("words alone, no header") << QByteArray("a,p,x\nb,q,y\na,p,y\nb,q,x\n")
                                                << QString("column 1 = a|column 1 = b|column 2 = p|column 2 = q -> column 3: x|y; 4 rows; 1 0 1 0");
        QTest::newRow("rows named as R does") << QByteArray("a,kind\nr1,1.5,x\nr2,3,y\nr3,5,x\n") << QString("column 1 = r1|column 1 = r2|column 1 = r3|a -> kind: x|y; 3 rows; 1 0 0 1.5");
        QTest::newRow("equal names") << QByteArray("a,a,,kind\n1,2,3,x\n3,4,5,y\n5,6,9,x\n") << QString("a|a (2)|column 3 -> kind: x|y; 3 rows; 1 2 3");
        QTest::newRow("numbers as classes") << QByteArray("a,b\n1,2.0\n2,4\n4,2\n") << QString("a -> b: 2|4; 3 rows; 1");
        QTest::newRow("a number to learn") << QByteArray("a,b\n1,2.5\n2,4\n4,2\n") << QString("a -> b: number; 3 rows; 1");
        QTest::newRow("named as a target") << QByteArray("Species,a,b\nx,1,2\ny,3,4\nx,5,7\n") << QString("a|b -> Species: x|y; 3 rows; 1 2");
    }
    void everyWayOfWritingATableIsRead()
    {
        QFETCH(QByteArray, bytes);
        const TableFile file(bytes);
        const auto source = openTable(file);
        QVERIFY2(source.ok(), source.ok() ? "" : source.error().text.c_str());
        QTEST(summary(**source), "expected");
    }

    void parametersOverrideWhatIsFound_data()
    {
        QTest::addColumn<Settings>("settings");
        QTest::addColumn<QString>("expected");
        QTest::newRow("target by name") << Settings{{"target", std::string("size")}} << QString("id|kind = x|kind = y -> size: number; 4 rows; 7 1 0");
        QTest::newRow("target by number") << Settings{{"target", std::string("3")}} << QString("id|size -> kind: x|y; 4 rows; 7 1.5");
        QTest::newRow("regression") << Settings{{"target", std::string("id")}, {"task", std::string("regression")}}
                                    << QString("size|kind = x|kind = y -> id: number; 4 rows; 1.5 1 0");
        QTest::newRow("categories") << Settings{{"categories", Names{"id"}}} << QString("id = 2|id = 7|size -> kind: x|y; 4 rows; 0 1 1.5");
        QTest::newRow("leave out") << Settings{{"leave_out", Names{"id"}}} << QString("size -> kind: x|y; 4 rows; 1.5");
        QTest::newRow("index") << Settings{{"target", std::string("size")}, {"encode", std::string("index")}} << QString("id|kind -> size: number; 4 rows; 7 0");
        QTest::newRow("no header") << Settings{{"header", std::string("no")}, {"numbers", Names{"column 1", "column 2"}}}
                                   << QString("column 1|column 2 -> column 3: kind|x|y; 5 rows; 2 2");
    }
    void parametersOverrideWhatIsFound()
    {
        QFETCH(Settings, settings);
        const TableFile file("id,size,kind\n7,1.5,x\n2,2.5,y\n2,2,x\n2,2,y\n");
        const auto source = openTable(file, settings);
        QVERIFY2(source.ok(), source.ok() ? "" : source.error().text.c_str());
        QTEST(summary(**source), "expected");
    }

    void missingCellsCanHaveWhatTheTrainingPutThere()
    {
        const test::TableFile trained("a,w,y\n10,p,u\n10,p,v\n,q,u\n40,,v\n"), other("a,w,y\n1,q,u\n,,v\n5,p,u\n1,q,v\n");
        for (const std::string encode : {"one-hot", "index"}) {
            const std::vector<std::pair<std::string, ParamValue>> set{{"encode", encode}, {"missing", std::string("median")}, {"target", std::string("y")}};
            const auto learned = openTable(trained, set);
            const auto judged = openTable(other, set);
            QVERIFY2(learned.ok() && judged.ok(), learned.ok() ? "" : learned.error().text.c_str());
            const std::vector<float> own = rowOf(**judged, 1);
            const auto filled = (*judged)->filledAs((*learned)->facts());
            QVERIFY(filled != nullptr);
            QCOMPARE(rowOf(*filled, 1), encode == "index" ? (std::vector<float>{10, 0}) : (std::vector<float>{10, 1, 0}));
            QVERIFY(rowOf(*filled, 1) != own);
            for (const std::int64_t whole : {0, 2, 3})
                QCOMPARE(rowOf(*filled, whole), rowOf(**judged, whole));
            QCOMPARE(rowOf(**judged, 1), own);
        }
        const test::TableFile whole("a,w,y\n1,q,u\n2,p,v\n");
        QVERIFY(!(*openTable(whole))->filledAs((*openTable(whole))->facts()));
    }

    /// a: 1, 2, 2, 7 and two missing cells; the words p, q, q, q and two missing.
    void missingCellsAreFilledFromTheTrainingRows_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<double>("fill");
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("deviation");
        QTest::newRow("mean") << "mean" << 3.0 << 3.0 << std::sqrt(22.0 / 6);
        QTest::newRow("median") << "median" << 2.0 << 16.0 / 6 << std::sqrt(66.0 / 6 - 256.0 / 36);
        QTest::newRow("most frequent") << "most frequent" << 2.0 << 16.0 / 6 << std::sqrt(66.0 / 6 - 256.0 / 36);
        QTest::newRow("drop") << "drop" << 2.0 << 3.0 << std::sqrt(22.0 / 4);
    }
    void missingCellsAreFilledFromTheTrainingRows()
    {
        QFETCH(QString, policy);
        const TableFile file("a,word,split,y\n1,p,train,u\n2,q,train,v\n2,q,train,u\n7,q,train,v\n?,NA,train,u\nN/A,null,training,v\n100,p,test,u\n100,p,val,v\n,q,test,u\n");
        const auto source = openTable(file, {{"missing", policy.toStdString()}});
        QVERIFY2(source.ok(), source.ok() ? "" : source.error().text.c_str());
        const SourceFacts &facts = (*source)->facts();
        const bool drop = policy == "drop";
        QCOMPARE(facts.total("train"), drop ? 4 : 6);
        QCOMPARE(facts.total("test"), drop ? 1 : 2);
        const ColumnFacts &a = facts.columns.at(0);
        QTEST(a.fill, "fill");
        QFETCH(double, mean);
        QFETCH(double, deviation);
        QVERIFY(std::abs(a.mean - mean) < 1e-6);
        QVERIFY(std::abs(a.deviation - deviation) < 1e-6);
        QCOMPARE(a.max, 7.0); // of training rows alone
        if (!drop) {
            QCOMPARE(rowOf(**source, 4), (std::vector<float>{float(a.fill), 0, 1}));
            QCOMPARE(rowOf(**source, 8), (std::vector<float>{float(a.fill), 0, 1}));
        }
        QVERIFY(!warns(facts, "split"));
    }

    void whatIsOddIsToldByName_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a class told twice") << QByteArray("alive,a,survived\nno,1,0\nyes,2,1\nno,3,0\nyes,9,1\n") << "The column 'alive' repeats the target 'survived'";
        QTest::newRow("a number told twice") << QByteArray("pounds,a,kilos\n2.2,1,1\n4.4,5,2\n5.5,3,2.5\n") << "The column 'pounds' repeats the target 'kilos'";
        QTest::newRow("ragged rows") << QByteArray("a,b,y\n1,2,u\n1,2\n3,4,v\n1,2,3,u\n5,7,u\n") << "2 rows are left out, for other rows have 3 cells: line 3 has 2.";
        QTest::newRow("no answer") << QByteArray("a,y\n1,u\n2,\n3,v\n") << "1 row is left out, since the target 'y' is missing there.";
        QTest::newRow("strays") << QByteArray("a,y\n1,u\n2,v\n3,u\n4,v\n5,u\n6,v\n7,u\n8,v\n9,u\n10,v\n11,u\n12,v\n13,u\n14,v\n15,u\n16,v\n17,u\n18,v\n19,u\n20,v\n31,u\nnone,v\n")
                                << "1 cell of 'a' is no number and counts as missing, for example 'none' in line 23.";
        QTest::newRow("names") << QByteArray("name,a,y\nk1,1,u\nk2,5,v\nk3,2,u\nk4,3,v\nk5,1,u\nk6,2,v\nk7,1,u\nk8,2,v\nk9,1,u\nk10,2,v\nk11,1,u\n")
                               << "The column 'name' holds 11 different words and is left out: name it in categories";
        QTest::newRow("a counter") << QByteArray("nr,a,y\n1,1,u\n2,5,v\n3,2,u\n4,3,v\n5,1,u\n6,2,v\n7,1,u\n8,2,v\n9,1,u\n10,2,v\n") << "The column 'nr' counts the rows and is left out";
        QTest::newRow("empty column") << QByteArray("a,b,y\n1,,u\n2,?,v\n4,NA,u\n") << "The column 'b' is empty and is left out";
        QTest::newRow("names as classes") << QByteArray("a,y\n1,k1\n2,k2\n3,k3\n4,k4\n5,k5\n6,k6\n7,k7\n8,k8\n9,k9\n3,k10\n4,k11\n") << "The target 'y' holds 11 different words, which hardly make classes";
        QTest::newRow("target by its name") << QByteArray("class,a,b\nx,1,2\ny,3,4\nx,5,7\n") << "The column 'class' is learned, for its name";
    }
    void whatIsOddIsToldByName()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const TableFile file(bytes);
        const auto source = openTable(file);
        QVERIFY2(source.ok(), source.ok() ? "" : source.error().text.c_str());
        QVERIFY2(warns((*source)->facts(), expected.toStdString()), qPrintable(joined((*source)->facts().warnings)));
    }

    void whatCantBeReadIsASentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Settings>("settings");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QByteArray(" \n\n") << Settings{} << "is empty";
        QTest::newRow("spreadsheet") << QByteArray("PK\x03\x04\0\0\0", 7) << Settings{} << "is a spreadsheet";
        QTest::newRow("no text") << QByteArray("\x7F""ELF\0\1\2", 7) << Settings{} << "is no text";
        QTest::newRow("one column") << QByteArray("a\n1\n2\n") << Settings{} << "one column alone";
        QTest::newRow("header alone") << QByteArray("a,b\n") << Settings{{"header", std::string("yes")}} << "holds no rows";
        QTest::newRow("open quote") << QByteArray("a,b\n1,\"x\n2,y\n") << Settings{} << "opens a quote in line 2 that nothing closes";
        QTest::newRow("endless line") << QByteArray(2'000'000, 'x') << Settings{} << "more than a million letters in line 1";
        QTest::newRow("no such column") << QByteArray("a,b\n1,x\n2,y\n") << Settings{{"target", std::string("z")}} << "has no column 'z', which target names: there are a, b.";
        QTest::newRow("one class") << QByteArray("a,b\n1,x\n2,x\n") << Settings{} << "holds 'x' alone";
        QTest::newRow("words as a number") << QByteArray("a,b\n1,x\n2,y\n") << Settings{{"task", std::string("regression")}, {"target", std::string("b")}} << "holds words, such as 'x'";
        QTest::newRow("nothing left") << QByteArray("a,b\n1,x\n2,y\n") << Settings{{"leave_out", Names{"a"}}} << "no column is left to learn from";
        QTest::newRow("all dropped") << QByteArray("a,b\n?,x\n?,y\n") << Settings{{"numbers", Names{"a"}}} << "no column is left to learn from";
    }
    void whatCantBeReadIsASentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Settings, settings);
        QFETCH(QString, expected);
        const TableFile file(bytes);
        const auto source = openTable(file, settings);
        QVERIFY(!source.ok());
        QVERIFY2(QString::fromStdString(source.error().text).contains(expected), source.error().text.c_str());
    }

    void splitsGiveEachPartItsShareOfSmallAndLargeNumbers()
    {
        QByteArray bytes = "a,y\n";
        for (int row = 0; row < 200; ++row)
            bytes += QByteArray::number(row * 7 % 13) + ',' + QByteArray::number(row + 0.5) + '\n';
        const TableFile file(bytes);
        const auto source = test::openOf("CSVTable", {{"file", file.path()}, {"val_fraction", 0.2}, {"test_fraction", 0.2}});
        QVERIFY(source.ok());
        const SourceFacts &facts = (*source)->facts();
        QVERIFY(facts.learnsNumber);
        QCOMPARE(facts.counts.at("val"), std::vector<std::int64_t>{40});
        std::array<int, 10> perTenth{};
        double sum = 0;
        for (std::int64_t row = 0; row < 200; ++row) {
            perTenth[std::size_t(row / 20)] += (*source)->split(row) == Split::Val;
            sum += (*source)->split(row) == Split::Train ? (*source)->number(row) : 0;
        }
        for (const int count : perTenth)
            QCOMPARE(count, 4);
        QVERIFY(std::abs(facts.targetMean - sum / 120) < 1e-9);
    }

    void newRowsAreFoundByNameOrByPlace_data()
    {
        QTest::addColumn<QByteArray>("trained");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const QByteArray named = "a,word,b,y\n1,p,3,u\n2,q,4,v\n1,q,8,u\n";
        const QByteArray unnamed = "1,p,u,3\n2,q,v,4\n1,q,u,8\n";
        QTest::newRow("other order, no target") << named << QByteArray("b,a,word\n30,10,q\n") << "2: 10 0 1 30";
        QTest::newRow("a missing cell and an unknown word") << named << QByteArray("a,word,b\n10,z,\n") << "2: 10 0 1 4";
        QTest::newRow("no header, these columns") << named << QByteArray("10,p,30\n11,q,31\n") << "1: 10 1 0 30; 2: 11 0 1 31";
        QTest::newRow("by place, target there") << unnamed << QByteArray("10,p,u,30\n") << "1: 10 1 0 30";
        QTest::newRow("by place, target missing") << unnamed << QByteArray("10,p,30\n") << "1: 10 1 0 30";
        QTest::newRow("a column missing") << named << QByteArray("a,b\n1,2\n3,4\n") << "lacks the column 'word': the network takes a, word, b.";
    }
    void newRowsAreFoundByNameOrByPlace()
    {
        QFETCH(QByteArray, trained);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const TableFile table(trained);
        const Settings settings = trained.startsWith("a") ? Settings{} : Settings{{"target", std::string("3")}};
        const auto source = openTable(table, settings);
        QVERIFY(source.ok());
        const TableFile file(bytes);
        const auto rows = readTableRows(file.path(), test::sourceParams("CSVTable", settings), (*source)->facts());
        QString found = rows.ok() ? QString() : QString::fromStdString(rows.error().text);
        for (std::size_t row = 0; rows.ok() && row < rows->lines.size(); ++row) {
            found += (row ? "; " : "") + QString::number(rows->lines[row]) + ":";
            for (std::size_t column = 0; column < 4; ++column)
                found += ' ' + QString::number(double(rows->values[row * 4 + column]));
        }
        QVERIFY2(found.endsWith(expected), qPrintable(found));
    }
};

QTEST_APPLESS_MAIN(TestCsvTable)
#include "tst_csv_table.moc"
