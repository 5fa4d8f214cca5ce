// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "graph/node_registry.h"
#include "inspect/augmented_pictures.h"
#include "inspect/data_doctor.h"
#include "inspect/near_duplicates.h"
#include "inspect/thumbnail.h"
#include "run/registry.h"
#include "support/picture_files.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace netloom;
using test::scene;

namespace {

QByteArray jpeg(const cv::Mat &picture, int quality = 92) { return test::encoded(picture, ".jpg", {cv::IMWRITE_JPEG_QUALITY, quality}); }

std::shared_ptr<DataSource> open(const std::string &root, const std::vector<std::string> &exclude = {})
{
    const NodeRegistry registry = fullRegistry();
    const NodeSpec &spec = *registry.find("ImageFolder");
    Node node;
    node.name = "data";
    node.params = Params::defaults(spec.params);
    node.params.set("root", root);
    node.params.set("exclude", exclude);
    const auto source = openSource(spec, node);
    return source ? *source : nullptr;
}

DataFindings examined(const DataSource &source)
{
    DataDoctor doctor;
    const auto exams = doctor.examine(source, [](auto, auto) { return true; });
    return diagnose(source, *exams);
}

DataFindings of(const DataFindings &findings, DataTrouble trouble)
{
    DataFindings own;
    std::ranges::copy_if(findings, std::back_inserter(own), [&](const DataFinding &finding) { return finding.trouble == trouble; });
    return own;
}

} // namespace

class TestDataDoctor : public QObject {
    Q_OBJECT

private:
    test::PictureFolder m_folder;

    /// 24 healthy pictures of two classes to train on, four to validate with.
    void writeHealthy()
    {
        for (int index = 0; index < 12; ++index) {
            m_folder.write(QString("train/cat/%1.jpg").arg(index), jpeg(scene(index)));
            m_folder.write(QString("train/dog/%1.jpg").arg(index), jpeg(scene(100 + index)));
        }
        for (int index = 0; index < 2; ++index) {
            m_folder.write(QString("val/cat/%1.jpg").arg(index), jpeg(scene(200 + index)));
            m_folder.write(QString("val/dog/%1.jpg").arg(index), jpeg(scene(300 + index)));
        }
    }

private slots:
    void initTestCase() { writeHealthy(); }

    void healthyDataHaveNoFindings() { QCOMPARE(examined(*open(m_folder.root())), DataFindings()); }

    void plantedTroubleIsFound_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("trouble");
        QTest::addColumn<int>("samples");
        QTest::addColumn<QString>("excluded");
        cv::Mat larger;
        cv::resize(scene(3), larger, {}, 1.7, 1.7, cv::INTER_AREA);
        cv::Mat grey;
        cv::cvtColor(scene(501), grey, cv::COLOR_BGR2GRAY);
        const auto row = [](const char *name, const char *file, const QByteArray &bytes, DataTrouble trouble, int samples, const char *excluded) {
            QTest::newRow(name) << file << bytes << int(trouble) << samples << excluded;
        };
        row("cut short", "train/cat/z.jpg", jpeg(scene(500)).left(900), DataTrouble::Unreadable, 1, "train/cat/z.jpg");
        row("copy in validation, as PNG", "val/cat/z.png", test::encoded(scene(3), ".png"), DataTrouble::Leak, 2, "train/cat/3.jpg");
        row("copy in validation, larger", "val/cat/z.jpg", jpeg(larger, 75), DataTrouble::Leak, 2, "train/cat/3.jpg");
        row("copy in another class", "train/dog/z.jpg", jpeg(scene(3), 60), DataTrouble::TwoLabels, 2, "");
        row("copy", "train/cat/z.jpg", jpeg(scene(3), 60), DataTrouble::Duplicate, 2, "train/cat/z.jpg");
        row("tiny", "train/cat/z.jpg", jpeg(scene(502, 24, 32)), DataTrouble::OddSize, 1, "train/cat/z.jpg");
        row("strip", "train/cat/z.jpg", jpeg(scene(503, 48, 256)), DataTrouble::OddShape, 1, "train/cat/z.jpg");
        row("grey", "train/cat/z.jpg", jpeg(grey), DataTrouble::OddColour, 1, "train/cat/z.jpg");
    }

    void plantedTroubleIsFound()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(int, trouble);
        QFETCH(int, samples);
        QFETCH(QString, excluded);
        const std::string path = m_folder.write(file, bytes);
        const DataFindings findings = examined(*open(m_folder.root()));
        QFile::remove(QString::fromStdString(path));
        QCOMPARE(findings.size(), std::size_t(1));
        QCOMPARE(int(findings[0].trouble), trouble);
        QCOMPARE(int(findings[0].samples.size()), samples);
        QVERIFY(std::ranges::find(findings[0].samples, file.toStdString()) != findings[0].samples.end());
        QCOMPARE(findings[0].exclude, excluded.isEmpty() ? std::vector<std::string>() : std::vector<std::string>{excluded.toStdString()});
        // With that left out, the copy that stays is no finding any more.
        if (trouble == int(DataTrouble::Leak))
            QCOMPARE(of(examined(*open(m_folder.root(), findings[0].exclude)), DataTrouble::Leak).size(), std::size_t(0));
    }

    void unevenClassesAreFound()
    {
        test::PictureFolder folder;
        for (int index = 0; index < 12; ++index)
            folder.write(QString("train/many/%1.jpg").arg(index), jpeg(scene(index)));
        for (int index = 0; index < 3; ++index)
            folder.write(QString("train/few/%1.jpg").arg(index), jpeg(scene(50 + index)));
        folder.write("val/few/1.jpg", jpeg(scene(70)));
        const DataFindings findings = of(examined(*open(folder.root())), DataTrouble::Imbalance);
        QCOMPARE(findings.size(), std::size_t(1));
        QVERIFY(findings[0].text.find("4 times as many pictures of 'many' (12)") != std::string::npos);
    }

    void stoppingGivesNothingAndWhatIsKnownIsNotReadAgain()
    {
        const auto source = open(m_folder.root());
        DataDoctor doctor;
        QVERIFY(!doctor.examine(*source, [](auto, auto) { return false; }));
        const auto first = doctor.examine(*source, [](auto, auto) { return true; });
        const auto second = doctor.examine(*open(m_folder.root()), [](auto, auto) { return true; });
        QVERIFY(first && second);
        QVERIFY(std::ranges::equal(*first, *second)); // the same objects
    }

    void anotherColourBehindSeeThroughPicturesIsExaminedAnew()
    {
        const test::PictureFolder folder;
        for (int number = 0; number < 12; ++number) {
            cv::Mat clear(24, 24, CV_8UC4, cv::Scalar(0, 0, 0, 0)); // grey, and a black mark at a place of its own
            cv::rectangle(clear, cv::Rect(number, number, 8, 8), cv::Scalar(0, 0, 0, 255), cv::FILLED);
            folder.write(QString("%1/%2.png").arg(number % 2 ? "odd" : "even").arg(number), test::encoded(clear, ".png"));
        }
        const NodeRegistry registry = fullRegistry();
        const NodeSpec &spec = *registry.find("ImageFolder");
        DataDoctor doctor;
        const auto greyOnes = [&](const std::vector<double> &background) {
            Node node;
            node.name = "data";
            node.params = Params::defaults(spec.params);
            node.params.set("root", folder.root());
            node.params.set("background", background);
            const auto source = openSource(spec, node);
            const auto exams = doctor.examine(**source, [](auto, auto) { return true; });
            std::size_t grey = 0;
            for (const auto &exam : *exams)
                grey += exam->grey;
            return grey;
        };
        QCOMPARE(greyOnes({255, 255, 255}), std::size_t(12));
        QCOMPARE(greyOnes({255, 0, 0}), std::size_t(0));
        QCOMPARE(greyOnes({255, 255, 255}), std::size_t(12));
    }

    /// Every pair that showTheSame() holds for is in one group: bands lose none.
    void bandsFindWhatComparingAllPairsFinds()
    {
        std::mt19937_64 random(7);
        std::vector<std::shared_ptr<const PictureExam>> exams;
        for (int original = 0; original < 60; ++original) {
            PictureExam exam;
            exam.hash = random();
            for (std::uint8_t &value : exam.small)
                value = std::uint8_t(random());
            exams.push_back(std::make_shared<PictureExam>(exam));
            for (int bit = 0; bit < original % 8; ++bit) // copies of up to 7 bits off; 6 and more are none
                exam.hash ^= std::uint64_t(1) << (bit * 9 + original) % 64;
            exams.push_back(std::make_shared<PictureExam>(exam));
        }
        std::size_t pairs = 0;
        for (std::size_t one = 0; one < exams.size(); ++one) {
            for (std::size_t other = 0; other < one; ++other)
                pairs += showTheSame(*exams[one], *exams[other]);
        }
        QVERIFY(pairs > 30);
        QCOMPARE(nearDuplicates(exams).size(), pairs);
    }

    void anAugmentedBatchHasTheNetworksSizeAndNoExcluded()
    {
        const NodeRegistry registry = fullRegistry();
        Graph graph;
        std::vector<NodeId> chain;
        for (const char *type : {"ImageFolder", "Resize", "RandomHorizontalFlip", "ToTensor", "Normalize"})
            chain.push_back(graph.addNode(*registry.find(type)));
        graph.setParam(chain[0], "root", m_folder.root());
        graph.setParam(chain[1], "size", std::vector<std::int64_t>{20, 30});
        for (std::size_t at = 1; at < chain.size(); ++at)
            graph.addLink({{chain[at - 1], registry.find(graph.find(chain[at - 1])->type)->outputs[0].name}, {chain[at], registry.find(graph.find(chain[at])->type)->inputs[0].name}});
        const auto source = open(m_folder.root());
        std::vector<std::string> excluded;
        for (std::int64_t sample = 0; sample < source->size(); ++sample) {
            if (source->split(sample) == Split::Train && sample % 2 == 0)
                excluded.push_back(source->name(sample));
        }
        const auto pictures = augmentedPictures(graph, registry, *source, excluded, 16, 1);
        QVERIFY2(pictures.ok(), pictures ? "" : pictures.error().text.c_str());
        QCOMPARE(pictures->size(), std::size_t(12)); // all that are left
        bool differs = false;
        const auto again = augmentedPictures(graph, registry, *source, excluded, 16, 2);
        for (std::size_t at = 0; at < pictures->size(); ++at) {
            const AugmentedPicture &made = (*pictures)[at];
            QCOMPARE(std::pair(made.picture.height, made.picture.width), std::pair(20, 30));
            QVERIFY(std::ranges::find(excluded, source->name(made.sample)) == excluded.end());
            differs |= made.picture != (*again)[at].picture;
        }
        QVERIFY(differs);
    }

    void aThumbnailFitsIntoItsSide()
    {
        const auto source = open(m_folder.root());
        const auto thumbnail = makeThumbnail(*source, 0, 48);
        QVERIFY(thumbnail.ok());
        QCOMPARE(std::tuple(thumbnail->width, thumbnail->height, thumbnail->channels), std::tuple(48, 36, 3));
    }
};

QTEST_APPLESS_MAIN(TestDataDoctor)
#include "tst_data_doctor.moc"
