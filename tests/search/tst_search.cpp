// SPDX-License-Identifier: GPL-3.0-or-later
#include "independent_functions.h"
#include "project/project.h"
#include "search/importance.h"
#include "search/study.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <set>

using namespace netloom;

namespace {

SearchSettings settingsFor(SamplerKind sampler, PrunerKind pruner = PrunerKind::None)
{
    SearchSettings settings;
    settings.axes = {SearchAxis::real("recipe.lr", 1e-4, 1e-1, true), SearchAxis::whole("fc.out_features", 8, 64, false, 8),
        SearchAxis::choice("recipe.optimizer", {"SGD", "Adam", "AdamW"})};
    settings.sampler = sampler;
    settings.pruner = pruner;
    settings.fullEpochs = 9;
    settings.trials = 30;
    settings.goal = SearchGoal::accuracy();
    return settings;
}

/// The accuracy after an epoch of a made-up training.
double accuracyOf(const SearchPoint &point, std::int64_t epoch)
{
    const double best = 0.9 - 0.1 * std::abs(std::log10(point[0]) + 2) - 0.001 * std::abs(point[1] - 32) + 0.02 * point[2];
    return best * (1 - std::exp(-0.3 * double(epoch)));
}

/// Trains the next task; false at the end.
bool step(Study &study)
{
    const auto task = study.next();
    if (!task)
        return false;
    for (std::int64_t epoch = task->fromEpoch + 1; epoch <= task->toEpoch; ++epoch) {
        const double accuracy = accuracyOf(study.trial(task->trial).point, epoch);
        study.addScore(task->trial, {epoch, accuracy, 1 - accuracy});
    }
    study.setCost(task->trial, {100 * task->trial, 1000});
    study.finishTask(task->trial, 1, 1 << 20);
    return true;
}

std::vector<SearchPoint> pointsOf(SamplerKind kind, const std::vector<SearchAxis> &axes, std::int64_t count, std::uint64_t seed = 1)
{
    const auto sampler = makeSampler(kind, axes, seed, count);
    std::vector<SearchPoint> points;
    for (std::int64_t number = 1; number <= count; ++number) {
        if (const auto point = sampler->next(number, {}))
            points.push_back(*point);
    }
    return points;
}

std::array<std::size_t, 3> rungCounts(const Study &study)
{
    std::array<std::size_t, 3> counts{};
    for (const SearchTrial &trial : study.trials()) {
        for (std::int64_t rung = 0; rung <= trial.rung; ++rung)
            ++counts[std::size_t(rung)];
    }
    return counts;
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT

private slots:
    void valuesLieOnTheirScale()
    {
        const SearchAxis lr = SearchAxis::real("lr", 1e-4, 1e-1, true);
        QCOMPARE(lr.fromUnit(0), 1e-4);
        QCOMPARE(lr.fromUnit(1), 1e-1);
        QCOMPARE(lr.text(lr.fromUnit(1.0 / 3)), std::string("0.001"));
        const SearchAxis width = SearchAxis::whole("width", 8, 64, false, 8);
        QCOMPARE(width.levels(), 8);
        for (const double value : width.gridValues())
            QCOMPARE(width.fromUnit(width.toUnit(value)), value);
        QCOMPARE(width.fromUnit(0), 8.0);
        QCOMPARE(width.fromUnit(1), 64.0);
        const SearchAxis choice = SearchAxis::choice("optimizer", {"SGD", "Adam", "AdamW"});
        QCOMPARE(choice.text(choice.fromUnit(0.5)), std::string("Adam"));
        QCOMPARE(choice.fromUnit(1), 2.0);
    }

    void gridTriesEveryCombinationOnce()
    {
        const std::vector<SearchAxis> axes{SearchAxis::real("lr", 0.001, 1, true), SearchAxis::whole("width", 1, 2), SearchAxis::choice("o", {"a", "b", "c"})};
        QCOMPARE(gridSize(axes), 24);
        const auto points = pointsOf(SamplerKind::Grid, axes, 40);
        QCOMPARE(points.size(), 24u);
        QCOMPARE(std::set(points.begin(), points.end()).size(), 24u);
        QCOMPARE(axes[0].gridValues(), (std::vector<double>{0.001, 0.01, 0.1, 1}));
    }

    /// Figures of scipy.stats.qmc.Sobol(scramble=False).
    void sobolSequenceIsJoeAndKuos()
    {
        const double fifth[] = {0.375, 0.375, 0.625, 0.875, 0.375, 0.125};
        for (std::size_t axis = 0; axis < 6; ++axis)
            QCOMPARE(sobolCoordinate(4, axis), fifth[axis]);
        const std::pair<std::size_t, double> later[] = {{0, 0.69921875}, {1, 0.51953125}, {5, 0.48828125}, {12, 0.62890625}, {25, 0.24609375}, {39, 0.44921875}};
        for (const auto &[axis, value] : later)
            QCOMPARE(sobolCoordinate(137, axis), value);
    }

    void hypercubeTriesEachSliceOnce()
    {
        const std::vector<SearchAxis> axes{SearchAxis::real("x", 0, 1), SearchAxis::real("y", 0, 1)};
        const auto points = pointsOf(SamplerKind::LatinHypercube, axes, 16);
        for (const std::size_t axis : {0u, 1u}) {
            std::set<int> slices;
            for (const SearchPoint &point : points)
                slices.insert(int(point[axis] * 16));
            QCOMPARE(slices.size(), 16u);
        }
    }

    void sameSeedSearchesTheSame_data()
    {
        QTest::addColumn<int>("kind");
        for (const SamplerKind kind : {SamplerKind::Random, SamplerKind::LatinHypercube, SamplerKind::Sobol, SamplerKind::Tpe, SamplerKind::MultivariateTpe})
            QTest::newRow(std::string(toString(kind)).c_str()) << int(kind);
    }
    void sameSeedSearchesTheSame()
    {
        QFETCH(int, kind);
        const auto search = [&](std::uint64_t seed) {
            SearchSettings settings = settingsFor(SamplerKind(kind));
            settings.seed = seed;
            Study study(settings);
            while (step(study)) { }
            return study.trials();
        };
        const auto first = search(1);
        QCOMPARE(first.size(), 30u);
        QVERIFY(first == search(1));
        QVERIFY(!(first == search(2)));
    }

    void tpeTriesNothingTwiceWhereItNeedNot_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("axis by axis") << int(SamplerKind::Tpe);
        QTest::newRow("together") << int(SamplerKind::MultivariateTpe);
    }
    void tpeTriesNothingTwiceWhereItNeedNot()
    {
        QFETCH(int, kind);
        SearchSettings settings = settingsFor(SamplerKind(kind));
        settings.axes.erase(settings.axes.begin()); // 8 widths, 3 optimizers
        settings.axes.insert(settings.axes.begin(), SearchAxis::choice("a", {"x", "y"}));
        settings.trials = 40;
        Study study(settings);
        std::set<SearchPoint> tried;
        while (const auto task = study.next()) {
            const SearchPoint &point = study.trial(task->trial).point;
            tried.insert(point);
            study.addScore(task->trial, {1, point[0] + point[1] / 100, 0});
            study.finishTask(task->trial, 0, 0);
        }
        QVERIFY2(tried.size() >= 38, qPrintable(QString::number(tried.size())));
    }

    /// Figures of compare_optuna.py, medians over its seeds; see independent_comparison.md.
    void tpeAndAshaAreNoWorseThanOptuna_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("file"); // for either method the first comparison since it was last changed
        QTest::newRow("TPE, functions that were looked at before") << "tpe" << "optuna_figures.json";
        QTest::newRow("ASHA, functions that were looked at before") << "asha" << "optuna_figures.json";
        QTest::newRow("TPE, others") << "tpe" << "independent_figures_2000.json";
        QTest::newRow("TPE over all axes together") << "tpe_multivariate" << "optuna_figures_4000.json";
        QTest::newRow("TPE over all axes together, others") << "tpe_multivariate" << "independent_figures_4000.json";
        QTest::newRow("ASHA, others") << "asha" << "independent_figures.json";
    }
    void tpeAndAshaAreNoWorseThanOptuna()
    {
        QFETCH(QString, method);
        QFETCH(QString, file);
        QFile stored(QStringLiteral(NETLOOM_OPTUNA_FIGURES "/") + file);
        QVERIFY(stored.open(QIODevice::ReadOnly));
        const QJsonObject figures = QJsonDocument::fromJson(stored.readAll()).object();
        const QJsonObject drawn = figures[method == "asha" ? "asha" : "tpe"].toObject();
        const auto first = std::uint64_t(drawn["first_seed"].toInt()), seeds = std::uint64_t(drawn["seeds"].toInt());
        const QString peer = method == "tpe_multivariate" ? "optuna_default" : "optuna_" + method;
        const SamplerKind sampler = method == "tpe" ? SamplerKind::Tpe : SamplerKind::MultivariateTpe;
        QVERIFY(seeds >= 200);
        for (const test::StandardFunction &function : file.startsWith("optuna") ? test::standardFunctions() : test::independentFunctions()) {
            std::vector<double> found;
            for (std::uint64_t seed = first; seed < first + seeds; ++seed)
                found.push_back(method == "asha" ? test::leastTrained(function, PrunerKind::Asha, seed) : test::leastFound(function, sampler, seed));
            const double own = test::median(found), optuna = figures["functions"][QString::fromStdString(function.name)][peer].toDouble(-1e9);
            QVERIFY2(own <= optuna, qPrintable(QString("%1: %2 against %3").arg(QString::fromStdString(function.name)).arg(own).arg(optuna)));
        }
    }

    void ashaPromotesTheBestThirdWithoutWaiting()
    {
        Study study(settingsFor(SamplerKind::Random, PrunerKind::Asha));
        QCOMPARE(study.ladder().rungs, (std::vector<std::int64_t>{1, 3, 9}));
        const auto finish = [&](const Study::Task &task, double accuracy) {
            study.addScore(task.trial, {task.toEpoch, accuracy, 0});
            study.finishTask(task.trial, 0, 0);
        };
        const auto first = *study.next(), second = *study.next(), third = *study.next();
        finish(first, 0.5);
        finish(third, 0.7);
        const auto fourth = *study.next(); // two of three ended: nobody goes on yet, and nobody waits
        QCOMPARE(fourth, (Study::Task{4, 0, 1}));
        finish(second, 0.6);
        QCOMPARE(*study.next(), (Study::Task{third.trial, 1, 3}));
        QCOMPARE(study.next()->trial, 5);
    }

    void ladderEndsWithStoppedTrials_data()
    {
        QTest::addColumn<int>("pruner");
        QTest::newRow("asha") << int(PrunerKind::Asha);
        QTest::newRow("halving") << int(PrunerKind::SuccessiveHalving);
    }
    void ladderEndsWithStoppedTrials()
    {
        QFETCH(int, pruner);
        Study study(settingsFor(SamplerKind::Random, PrunerKind(pruner)));
        while (step(study)) { }
        QVERIFY(study.over());
        const auto counts = rungCounts(study);
        QCOMPARE(counts[0], 30u);
        QVERIFY(counts[1] >= 10 && counts[2] >= 3 && counts[2] < 10);
        if (PrunerKind(pruner) == PrunerKind::SuccessiveHalving)
            QCOMPARE(counts, (std::array<std::size_t, 3>{30, 10, 3}));
        for (const SearchTrial &trial : study.trials())
            QVERIFY(trial.state == (trial.rung == 2 ? TrialState::Finished : TrialState::Stopped));
        QVERIFY(study.best()->state == TrialState::Finished);
        study.extend(33, 0);
        QVERIFY(!study.over());
    }

    /// The journal is cut at every line, and in its midst: the search goes on to the same end.
    void searchGoesOnFromAnyCutOfItsJournal()
    {
        const QTemporaryDir folder;
        const auto whole = std::filesystem::path(folder.filePath("search.jsonl").toStdString());
        SearchSettings settings = settingsFor(SamplerKind::Tpe, PrunerKind::Asha);
        settings.trials = 14;
        std::vector<SearchTrial> expected;
        {
            Result<Study> study = Study::begin(settings, whole, "a.netloom");
            QVERIFY(study.ok());
            while (step(*study)) { }
            QVERIFY(study->over());
            QVERIFY(!Study::read(whole)->keepIn(whole).ok()); // one at a time
            expected = study->trials();
        }
        QVERIFY(!Study::begin(settings, whole, "a.netloom").ok()); // never over another
        QFile file(folder.filePath("search.jsonl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const auto cut = std::filesystem::path(folder.filePath("cut.jsonl").toStdString());
        int cuts = 0;
        for (qsizetype end = text.indexOf('\n') + 1; end > 0 && end <= text.size(); end = text.indexOf('\n', end) + 1) {
            const qsizetype length = ++cuts % 2 ? end : std::min(end + 7, text.size()); // whole lines, or with the beginning of another
            QFile part(QString::fromStdString(cut.string()));
            QVERIFY(part.open(QIODevice::WriteOnly));
            part.write(text.left(length));
            part.close();
            Result<Study> study = Study::read(cut);
            QVERIFY2(study.ok(), study.ok() ? "" : study.error().text.c_str());
            QVERIFY(study->keepIn(cut).ok());
            while (step(*study)) { }
            QVERIFY(study->over());
            QVERIFY2(study->trials().size() == expected.size(), qPrintable(QString::number(length)));
            for (std::size_t index = 0; index < expected.size(); ++index) {
                QCOMPARE(study->trials()[index].point, expected[index].point);
                QCOMPARE(study->trials()[index].curve, expected[index].curve);
                QVERIFY(study->trials()[index].state == expected[index].state);
            }
            QVERIFY(Study::read(cut)->trials() == study->trials());
        }
        QVERIFY(cuts > 40);
    }

    /// A search that trained one trial; then one line more, or another word in the first.
    void damagedJournalSaysWhere_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("told");
        const QByteArray none;
        QTest::newRow("a trial that never was") << none << QByteArray("{\"event\": \"score\", \"trial\": 7, \"epoch\": 1}") << "line 14";
        QTest::newRow("beyond the highest rung") << none << QByteArray("{\"event\": \"rung\", \"trial\": 1, \"seconds\": 1, \"memory\": 1}") << "line 14";
        QTest::newRow("trained again after its end") << none << QByteArray("{\"event\": \"task\", \"trial\": 1}") << "line 14";
        QTest::newRow("values out of range") << none
            << QByteArray("{\"event\": \"task\", \"trial\": 2, \"values\": {\"recipe.lr\": 1e300, \"fc.out_features\": 8, \"recipe.optimizer\": \"SGD\"}}") << "line 14";
        QTest::newRow("a member is missing") << none << QByteArray("{\"event\": \"cost\", \"trial\": 1, \"parameters\": 1}") << "'multiply_adds' is missing";
        QTest::newRow("a number of another kind") << none << QByteArray("{\"event\": \"cost\", \"trial\": 1e300, \"parameters\": 1}") << "'trial' is no whole number";
        QTest::newRow("no object") << none << QByteArray("[1]") << "'event' is missing";
        QTest::newRow("endless epochs") << QByteArray("\"full_epochs\": 9") << QByteArray("\"full_epochs\": 9223372036854775807") << "out of range";
        QTest::newRow("no step") << QByteArray("\"step\": 8.0") << QByteArray("\"step\": 0.0") << "an axis";
        QTest::newRow("endless axis") << QByteArray("\"high\": 64.0") << QByteArray("\"high\": 1e300") << "an axis";
    }
    void damagedJournalSaysWhere()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, told);
        const QTemporaryDir folder;
        const QString path = folder.filePath("search.jsonl");
        {
            Result<Study> study = Study::begin(settingsFor(SamplerKind::Random), path.toStdString(), "");
            QVERIFY(study.ok() && step(*study));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 13);
        QVERIFY(before.isEmpty() || text.contains(before));
        text = before.isEmpty() ? text + after + '\n' : text.replace(before, after);
        QVERIFY(file.seek(0) && file.write(text) == text.size());
        file.close();
        const Result<Study> study = Study::read(path.toStdString());
        QVERIFY(!study.ok());
        QVERIFY2(QString::fromStdString(study.error().text).contains(told), study.error().text.c_str());
    }

    /// Half a step below the lowest value there is no logarithm.
    void logarithmicWholeNumbersMayHaveWideSteps()
    {
        const SearchAxis axis = SearchAxis::whole("fc.out_features", 8, 56, true, 16);
        std::set<double> tried;
        for (const SamplerKind kind : {SamplerKind::Sobol, SamplerKind::Tpe}) {
            for (const SearchPoint &point : pointsOf(kind, {axis}, 40))
                tried.insert(point[0]);
        }
        QCOMPARE(tried, (std::set<double>{8, 24, 40, 56}));
        for (const double value : tried)
            QVERIFY(axis.halfShare(value) > 0 && axis.toUnit(value) > 0 && axis.toUnit(value) < 1);
    }

    void searchThatTookNoStepLeavesItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing was written") << QByteArray();
        QTest::newRow("the first line was cut off") << QByteArray("{\"event\": \"search\", \"ver");
    }

    void searchThatTookNoStepLeavesItsPlace()
    {
        QFETCH(QByteArray, text);
        const QTemporaryDir folder;
        const std::string file = folder.filePath("search.jsonl").toStdString();
        QVERIFY(writeFileAtomically(file, text.toStdString()).ok());
        QVERIFY(!hasBegun(file));
        const Result<Study> study = Study::read(file);
        QVERIFY(!study.ok());
        QVERIFY2(study.error().text.starts_with("There is nothing to go on with in '" + folder.path().toStdString()), study.error().text.c_str());
        QVERIFY(Study::begin(settingsFor(SamplerKind::Random), file, "").ok());
        QVERIFY(hasBegun(file) && Study::read(file).ok());
        const Result<Study> again = Study::begin(settingsFor(SamplerKind::Random), file, "");
        QVERIFY(!again.ok() && again.error().text.find("already") != std::string::npos);
    }

    void runningSearchIsSeenFromOutside()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath("search.jsonl").toStdString();
        QVERIFY(!isBeingSearched(file));
        {
            Result<Study> study = Study::begin(settingsFor(SamplerKind::Random), file, "");
            QVERIFY(study.ok());
            const auto task = study->next();
            QVERIFY(task.has_value());
            QVERIFY(isBeingSearched(file));
            const Result<Study> seen = Study::readRunning(file);
            QVERIFY(seen.ok() && seen->trial(task->trial).state == TrialState::Running);
            Result<Study> other = Study::read(file);
            QVERIFY(other.ok());
            const Result<Done> kept = other->keepIn(file);
            QVERIFY(!kept.ok());
            QVERIFY2(kept.error().text.find("is running in another program") != std::string::npos, kept.error().text.c_str());
        }
        QVERIFY(!isBeingSearched(file));
        QVERIFY(Study::read(file)->trial(1).state == TrialState::Waiting);
    }

    void importanceFindsWhatMatters()
    {
        const std::vector<SearchAxis> axes{SearchAxis::real("x", 0, 1), SearchAxis::real("y", 0, 1), SearchAxis::choice("z", {"a", "b"})};
        std::vector<SearchPoint> points = pointsOf(SamplerKind::Sobol, axes, 60);
        std::vector<double> losses;
        for (const SearchPoint &point : points)
            losses.push_back(3 * point[0] + point[1]); // variances 9 : 1 : 0
        const std::vector<double> shares = axisImportance(axes, points, losses);
        QVERIFY2(shares[0] > 0.75 && shares[0] < 0.97, qPrintable(QString::number(shares[0])));
        QVERIFY2(shares[1] > 0.02 && shares[1] < 0.2, qPrintable(QString::number(shares[1])));
        QVERIFY(shares[2] < 0.03);
        QVERIFY(axisImportance(axes, std::span(points).first(3), std::span(losses).first(3)).empty());
    }

    void frontHoldsWhatNothingBeats()
    {
        const std::vector<CostAndScore> trials{{10, 0.5}, {20, 0.3}, {15, 0.6}, {30, 0.3}, {40, 0.1}, {10, 0.4}};
        QCOMPARE(paretoFront(trials), (std::vector<std::size_t>{5, 1, 4}));
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
