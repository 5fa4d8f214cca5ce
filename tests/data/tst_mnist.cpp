// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_nodes.h"
#include "data/data_source.h"
#include "graph/node_spec.h"
#include "support/picture_files.h"

#include <QTest>

#include <zlib.h>

#include <set>

using namespace netloom;
using test::PictureFolder;

namespace {

using Opened = Result<std::shared_ptr<DataSource>>;

constexpr int kSide = 5;

QByteArray bigEndian(std::uint32_t number)
{
    const char bytes[4] = {char(number >> 24), char(number >> 16), char(number >> 8), char(number)};
    return QByteArray(bytes, 4);
}

/// Picture n is filled with n.
QByteArray images(int count)
{
    QByteArray bytes = bigEndian(0x803) + bigEndian(std::uint32_t(count)) + bigEndian(kSide) + bigEndian(kSide);
    for (int number = 0; number < count; ++number)
        bytes += QByteArray(kSide * kSide, char(number));
    return bytes;
}

/// Label n is n modulo 10.
QByteArray labels(int count)
{
    QByteArray bytes = bigEndian(0x801) + bigEndian(std::uint32_t(count));
    for (int number = 0; number < count; ++number)
        bytes += char(number % 10);
    return bytes;
}

QByteArray gzipped(const QByteArray &bytes)
{
    QByteArray out(bytes.size() + 1024, 0);
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

void writeSet(const PictureFolder &data, const QString &folder, const QString &separator, bool gz, int train = 100, int test = 20)
{
    const auto write = [&](const QString &stem, int rank, const QByteArray &bytes) {
        data.write(folder + stem + separator + QString("idx%1-ubyte").arg(rank) + (gz ? ".gz" : ""), gz ? gzipped(bytes) : bytes);
    };
    write("train-images", 3, images(train));
    write("train-labels", 1, labels(train));
    write("t10k-images", 3, images(test));
    write("t10k-labels", 1, labels(test));
}

} // namespace

class TestMnist : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addDataNodes(m_registry); }

    void everyUsualLayoutOpens_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("separator");
        QTest::addColumn<bool>("gz");
        QTest::addColumn<QString>("firstClass");
        QTest::newRow("plain") << "" << "-" << false << "0";
        QTest::newRow("gz") << "" << "-" << true << "0";
        QTest::newRow("dotted names") << "" << "." << false << "0";
        QTest::newRow("dotted names, gz") << "" << "." << true << "0";
        QTest::newRow("torchvision's MNIST") << "MNIST/raw/" << "-" << false << "0";
        QTest::newRow("torchvision's Fashion-MNIST") << "FashionMNIST/raw/" << "-" << true << "T-shirt/top";
    }

    void everyUsualLayoutOpens()
    {
        QFETCH(QString, folder);
        QFETCH(QString, separator);
        QFETCH(bool, gz);
        QFETCH(QString, firstClass);
        const PictureFolder data;
        writeSet(data, folder, separator, gz);
        const Opened source = open(data.root());
        QVERIFY2(source, source ? "" : source.error().text.c_str());
        const SourceFacts &facts = (*source)->facts();
        QCOMPARE(facts.channels, 1);
        QCOMPARE(facts.height, kSide);
        QCOMPARE(facts.width, kSide);
        QCOMPARE(QString::fromStdString(facts.classNames.at(0)), firstClass);
        QCOMPARE(facts.counts.at("train"), std::vector<std::int64_t>(10, 9));
        QCOMPARE(facts.counts.at("val"), std::vector<std::int64_t>(10, 1));
        QCOMPARE(facts.counts.at("test"), std::vector<std::int64_t>(10, 2));
        QCOMPARE((*source)->size(), 120);
        QCOMPARE((*source)->name(117), std::string("test #17"));
        QCOMPARE((*source)->label(117), 7);
        QCOMPARE((*source)->read(42)->pixels, std::vector<std::uint8_t>(kSide * kSide, 42));
        QCOMPARE((*source)->read(117)->pixels, std::vector<std::uint8_t>(kSide * kSide, 17));
    }

    void classNamesCanBeChosen()
    {
        const PictureFolder data;
        writeSet(data, "", "-", false);
        Params params = paramsFor(data.root());
        params.set("classes", std::string("Fashion-MNIST"));
        QCOMPARE((*spec().openSource(params))->facts().classNames.at(9), std::string("Ankle boot"));
    }

    void excludedPicturesAreGone()
    {
        const PictureFolder data;
        writeSet(data, "", "-", false);
        Params params = paramsFor(data.root());
        params.set("exclude", std::vector<std::string>{"train #0", "test #19"});
        const auto source = *spec().openSource(params);
        QCOMPARE(source->size(), 118);
        QCOMPARE(source->facts().excluded, 2);
        QCOMPARE(source->name(0), std::string("train #1"));
        QCOMPARE(source->label(0), 1);
        QCOMPARE(source->facts().counts.at("test").at(9), 1);
    }

    void foldsValidateOnEachPictureOnce()
    {
        const PictureFolder data;
        writeSet(data, "", "-", false);
        Params params = paramsFor(data.root());
        params.set("split", std::string("k-fold"));
        std::set<std::string> validated;
        for (std::int64_t fold = 1; fold <= 5; ++fold) {
            params.set("fold", fold);
            const auto source = *spec().openSource(params);
            QCOMPARE(source->facts().total("val"), 20);
            for (std::int64_t sample = 0; sample < source->size(); ++sample) {
                if (source->split(sample) == Split::Val)
                    QVERIFY(validated.insert(source->name(sample)).second);
            }
        }
        QCOMPARE(validated.size(), 100);
    }

    void noValidationIsAllowed()
    {
        const PictureFolder data;
        writeSet(data, "", "-", false);
        Params params = paramsFor(data.root());
        params.set("val_fraction", 0.0);
        const SourceFacts facts = (*spec().openSource(params))->facts();
        QCOMPARE(facts.total("val"), 0);
        QCOMPARE(facts.total("train"), 100);
    }

    void damagedFileIsNamedWithItsCause_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("cause");
        const QByteArray good = images(100);
        const QByteArray squeezed = gzipped(good);
        QByteArray flipped = squeezed;
        flipped[flipped.size() / 2] = char(~flipped[flipped.size() / 2]);
        QTest::newRow("empty") << "train-images-idx3-ubyte" << QByteArray() << "holds no IDX header";
        QTest::newRow("labels for pictures") << "train-images-idx3-ubyte" << labels(100) << "is no IDX file of pictures";
        QTest::newRow("pictures for labels") << "train-labels-idx1-ubyte" << good << "is no IDX file of labels";
        QTest::newRow("a web page") << "t10k-images-idx3-ubyte" << QByteArray("<html>404</html>") << "is no IDX file of pictures";
        QTest::newRow("short header") << "train-images-idx3-ubyte" << good.left(11) << "ends in the middle of its header";
        QTest::newRow("short") << "train-images-idx3-ubyte" << good.left(500) << "is cut short: its header promises 100×5×5 bytes, but only 484";
        QTest::newRow("huge claim") << "train-images-idx3-ubyte" << QByteArray(bigEndian(0x803) + bigEndian(0xffffffffu) + bigEndian(0xffffffffu) + bigEndian(28)) << "has a damaged header";
        QTest::newRow("large claim") << "train-images-idx3-ubyte" << QByteArray(bigEndian(0x803) + bigEndian(1000000) + bigEndian(28) + bigEndian(28)) << "is cut short";
        QTest::newRow("no pictures") << "train-images-idx3-ubyte" << images(0) << "has a damaged header";
        QTest::newRow("fewer labels") << "train-labels-idx1-ubyte" << labels(99) << "holds 100 pictures but train-labels 99 labels";
        QTest::newRow("strange label") << "train-labels-idx1-ubyte" << QByteArray(labels(99) + char(11)).replace(4, 4, bigEndian(100)) << "holds the label 11";
        QTest::newRow("gz cut") << "train-images-idx3-ubyte" << squeezed.left(squeezed.size() / 2) << "is cut short";
        QTest::newRow("gz damaged") << "train-images-idx3-ubyte" << flipped << "is damaged";
    }

    void damagedFileIsNamedWithItsCause()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, cause);
        const PictureFolder data;
        writeSet(data, "", "-", false);
        data.write(file, bytes);
        const Opened source = open(data.root());
        QVERIFY(!source);
        const QString text = QString::fromStdString(source.error().text);
        QVERIFY2(text.contains(cause), qPrintable(text));
        QVERIFY2(text.contains(file.section("-idx", 0, 0)), qPrintable(text));
    }

    void missingFileIsNamed()
    {
        const PictureFolder data;
        writeSet(data, "", "-", false);
        QFile::remove(QString::fromStdString(data.path("t10k-labels-idx1-ubyte")));
        const Opened source = open(data.root());
        QVERIFY(!source);
        QVERIFY2(source.error().text.find("t10k-labels-idx1-ubyte") != std::string::npos, source.error().text.c_str());
        QVERIFY(!open(data.path("nowhere")));
        QVERIFY(!open(data.path("train-images-idx3-ubyte")));
        QVERIFY(!open(""));
    }

private:
    const NodeSpec &spec() const { return *m_registry.find("MNIST"); }

    Params paramsFor(const std::string &root) const
    {
        Params params = Params::defaults(spec().params);
        params.set("root", root);
        return params;
    }

    Opened open(const std::string &root) const { return spec().openSource(paramsFor(root)); }

    NodeRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestMnist)
#include "tst_mnist.moc"
