// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_nodes.h"
#include "data/data_source.h"
#include "graph/node_spec.h"
#include "support/picture_files.h"

#include <QTest>

using namespace netloom;
using test::PictureFolder;

namespace {

constexpr int kPlane = 32 * 32;

/// Record n of @p count: the label bytes, then planes filled with n, n + 100 and n + 200, of which the first pixels are 1, 2 and 3.
QByteArray records(int count, bool fine)
{
    QByteArray bytes;
    for (int number = 0; number < count; ++number) {
        if (fine)
            bytes += char(number % 20); // the coarse one comes first
        bytes += char(number % (fine ? 100 : 10));
        for (int plane = 0; plane < 3; ++plane)
            bytes += char(plane + 1) + QByteArray(kPlane - 1, char(number + plane * 100));
    }
    return bytes;
}

QByteArray names(const char *stem, int count)
{
    QByteArray text;
    for (int number = 0; number < count; ++number)
        text += stem + QByteArray::number(number) + "\n";
    return text + "\n";
}

void writeCifar10(const PictureFolder &data, const QString &folder)
{
    for (int number = 1; number <= 5; ++number)
        data.write(folder + QString("data_batch_%1.bin").arg(number), records(10, false));
    data.write(folder + "test_batch.bin", records(20, false));
    data.write(folder + "batches.meta.txt", names("thing", 10));
}

void writeCifar100(const PictureFolder &data, const QString &folder)
{
    data.write(folder + "train.bin", records(100, true));
    data.write(folder + "test.bin", records(40, true));
    data.write(folder + "fine_label_names.txt", names("fine", 100));
    data.write(folder + "coarse_label_names.txt", names("kind", 20));
}

} // namespace

class TestCifar : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addDataNodes(m_registry); }

    void layoutsAndLabelsAreRead_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("labels");
        QTest::addColumn<int>("classes");
        QTest::addColumn<QString>("classOf17"); // of the test
        QTest::newRow("CIFAR-10") << "CIFAR10" << "" << "" << 10 << "thing7";
        QTest::newRow("CIFAR-10 as unpacked") << "CIFAR10" << "cifar-10-batches-bin/" << "" << 10 << "thing7";
        QTest::newRow("CIFAR-100") << "CIFAR100" << "" << "fine" << 100 << "fine17";
        QTest::newRow("CIFAR-100 as unpacked") << "CIFAR100" << "cifar-100-binary/" << "fine" << 100 << "fine17";
        QTest::newRow("CIFAR-100, coarse") << "CIFAR100" << "" << "coarse" << 20 << "kind17";
    }

    void layoutsAndLabelsAreRead()
    {
        QFETCH(QString, type);
        QFETCH(QString, folder);
        QFETCH(QString, labels);
        QFETCH(int, classes);
        const PictureFolder data;
        type == "CIFAR10" ? writeCifar10(data, folder) : writeCifar100(data, folder);
        const NodeSpec &spec = *m_registry.find(type.toStdString());
        Params params = paramsFor(type, data.root());
        if (!labels.isEmpty())
            params.set("labels", labels.toStdString());
        params.set("exclude", std::vector<std::string>{"train #0"});
        const auto source = spec.openSource(params);
        QVERIFY2(source, source ? "" : source.error().text.c_str());
        const SourceFacts &facts = (*source)->facts();
        QCOMPARE(facts.classCount(), classes);
        QCOMPARE(facts.excluded, 1);
        const std::int64_t trained = facts.total("train") + facts.total("val");
        QCOMPARE((*source)->name(trained + 17), std::string("test #17"));
        QTEST(QString::fromStdString(facts.classNames[std::size_t((*source)->label(trained + 17))]), "classOf17");
        const Picture picture = *(*source)->read(trained + 17);
        QCOMPARE(picture.height, 32);
        QCOMPARE((std::vector<std::uint8_t>(picture.pixels.begin(), picture.pixels.begin() + 6)), (std::vector<std::uint8_t>{1, 2, 3, 17, 117, 217}));
        QVERIFY(spec.recognise(data.root()));
        QVERIFY(!m_registry.find(type == "CIFAR10" ? "CIFAR100" : "CIFAR10")->recognise(data.root()));
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes"); // none: the file is missing
        QTest::addColumn<QString>("problem");
        QTest::newRow("cut short") << "data_batch_2.bin" << records(10, false).chopped(1) << "data_batch_2.bin' is cut short or damaged: its 30729 bytes";
        QTest::newRow("empty") << "test_batch.bin" << QByteArray("") << "is cut short or damaged: its 0 bytes";
        QTest::newRow("strange label") << "data_batch_1.bin" << QByteArray(records(1, false)).replace(0, 1, "\x0c") << "holds the label 12, but there are only the classes 0 to 9";
        QTest::newRow("no test") << "test_batch.bin" << QByteArray() << "test_batch.bin' can't be opened";
        QTest::newRow("no first batch") << "data_batch_1.bin" << QByteArray() << "holds no data_batch_1.bin";
        QTest::newRow("no names") << "batches.meta.txt" << QByteArray() << "batches.meta.txt is missing";
        QTest::newRow("fewer pictures") << "data_batch_5.bin" << QByteArray() << "There are 40 pictures for training, not the 50000";
    }

    void whatIsWrongIsSaid()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, problem);
        const PictureFolder data;
        writeCifar10(data, "");
        if (bytes.isNull())
            QFile::remove(QString::fromStdString(data.path(file)));
        else
            data.write(file, bytes);
        const auto source = m_registry.find("CIFAR10")->openSource(paramsFor("CIFAR10", data.root()));
        std::string text = source ? "" : source.error().text;
        if (source) {
            for (const std::string &warning : (*source)->facts().warnings)
                text += warning + "\n";
        }
        QVERIFY2(QString::fromStdString(text).contains(problem), text.c_str());
    }

private:
    Params paramsFor(const QString &type, const std::string &root) const
    {
        Params params = Params::defaults(m_registry.find(type.toStdString())->params);
        params.set("root", root);
        return params;
    }

    NodeRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestCifar)
#include "tst_cifar.moc"
