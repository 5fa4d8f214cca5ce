// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/data_presenter.h"

#include "browser/data_browser.h"
#include "browser/doctor_pane.h"
#include "data/picture_file.h"
#include "graph/recipe.h"
#include "inspect/augmented_pictures.h"
#include "inspect/row_reading.h"
#include "inspect/thumbnail.h"
#include "panels/fact_rows.h"
#include "run/sample_losses.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <set>

namespace netloom {

namespace {

constexpr int kAugmented = 16; ///< pictures
constexpr const char *kSplitParams[] = {"split", "val_fraction", "test_fraction", "folds", "fold", "seed"};

DataBrowser::Size sizeOf(const DataSource &source, std::int64_t sample)
{
    DataBrowser::Size size;
    const std::string file = source.file(sample);
    if (file.empty()) {
        if (source.facts().width > 0)
            size = {-1, std::int32_t(source.facts().width), std::int32_t(source.facts().height)};
        return size;
    }
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    if (!error)
        size.bytes = std::int64_t(bytes);
    const PictureHeader header = readPictureHeader(file);
    size.width = std::int32_t(header.orientation >= 5 ? header.height : header.width);
    size.height = std::int32_t(header.orientation >= 5 ? header.width : header.height);
    return size;
}

SampleList listOf(const DataSource &source, const std::vector<std::string> &excluded)
{
    const std::set<std::string> left(excluded.begin(), excluded.end());
    SampleList list;
    for (const std::string &name : source.facts().classNames)
        list.classNames << QString::fromStdString(name);
    list.severalLabels = source.facts().severalLabels;
    list.samples.reserve(std::size_t(source.size()));
    for (std::int64_t index = 0; index < source.size(); ++index) {
        const std::string name = source.name(index);
        list.samples.push_back({QString::fromStdString(name), std::int32_t(source.label(index)), source.split(index), left.contains(name)});
        if (list.severalLabels)
            list.samples.back().labels = source.labels(index);
    }
    return list;
}

/// The rows, which are read as they are seen.
ShownTable shownTable(std::shared_ptr<const DataSource> source)
{
    const auto reading = std::make_shared<const RowReading>(*source);
    const auto shown = [](const RowCell &cell) { return ShownCell{QString::fromStdString(cell.text), cell.number, cell.missing}; };
    ShownTable table{.target = QString::fromStdString(source->facts().targetName), .learnsNumber = source->facts().learnsNumber};
    for (const std::string &name : reading->columns())
        table.columns << QString::fromStdString(name);
    table.cellsOf = [source, reading, shown](int row) {
        std::vector<ShownCell> cells;
        for (const RowCell &cell : reading->cells(row))
            cells.push_back(shown(cell));
        return cells;
    };
    table.targetOf = [source, reading, shown](int row) { return shown(reading->target(row)); };
    return table;
}

/// What the exams are without those of the samples left out.
PictureExams withoutExcluded(const DataSource &source, PictureExams exams, const std::vector<std::string> &excluded)
{
    const std::set<std::string> left(excluded.begin(), excluded.end());
    for (std::size_t index = 0; index < exams.size() && !left.empty(); ++index) {
        if (left.contains(source.name(std::int64_t(index))))
            exams[index].reset();
    }
    return exams;
}

/// "70 % rose, 30 % tulip", the largest first; "" where one class has all.
QString mixtureText(const AugmentedPicture &picture, const SourceFacts &facts)
{
    std::vector<std::pair<int, std::size_t>> shares; ///< percent and label
    for (std::size_t label = 0; label < picture.shares.size(); ++label) {
        if (const int percent = int(std::lround(100 * picture.shares[label])); percent > 0)
            shares.emplace_back(-percent, label);
    }
    std::ranges::sort(shares);
    QStringList parts;
    for (const auto &[percent, label] : shares)
        parts << QStringLiteral("%1 % ").arg(-percent) + QString::fromStdString(facts.classNames[label]);
    return parts.size() > 1 ? parts.join(QStringLiteral(", ")) : QString();
}

} // namespace

DataPresenter::DataPresenter(Document &document, DataBrowser &browser, ThumbnailStore &thumbnails, QObject *parent)
    : QObject(parent), m_document(document), m_browser(browser), m_thumbnails(thumbnails), m_look(document.registry()), m_doctor(std::make_shared<DataDoctor>())
{
    connect(&m_document, &Document::inferenceChanged, this, &DataPresenter::refresh);
    connect(&m_document, &Document::recipeChanged, this, &DataPresenter::showCures);
    connect(&m_look, &DataLook::looked, this, [this] { adopt(m_look.source()); });
    connect(&browser, &DataBrowser::excludeRequested, this, &DataPresenter::exclude);
    connect(&browser, &DataBrowser::splitParamEdited, this, &DataPresenter::setSplitParam);
    connect(&browser, &DataBrowser::detailsRequested, this, &DataPresenter::loadDetails);
    connect(&browser, &DataBrowser::sizesRequested, this, &DataPresenter::loadSizes);
    connect(&browser, &DataBrowser::lossesRequested, this, &DataPresenter::loadLosses);
    connect(&browser, &DataBrowser::augmentedRequested, this, &DataPresenter::makeAugmented);
    connect(&browser, &DataBrowser::stopRequested, &m_measuring, &BackgroundTask::stop);
    connect(browser.doctor(), &DoctorPane::examineRequested, this, &DataPresenter::examine);
    connect(browser.doctor(), &DoctorPane::stopRequested, this, [this] {
        m_examining.stop();
        m_browser.doctor()->setUnknown();
    });
    connect(browser.doctor(), &DoctorPane::cureRequested, this, &DataPresenter::cure);
    connect(&browser, &DataBrowser::sampleRequested, this, [this](int sample) {
        emit sampleRequested(m_browser.samples().samples[std::size_t(sample)].name, QString::fromStdString(m_source->file(sample)));
    });
    connect(&browser, &DataBrowser::folderRequested, this, [this](int sample) { emit folderRequested(QString::fromStdString(m_source->file(sample))); });
    connect(&m_examining, &BackgroundTask::progressed, browser.doctor(), &DoctorPane::setProgress);
    connect(&m_measuring, &BackgroundTask::progressed, this,
        [this](qint64 done, qint64 total) { m_browser.setBusy(tr("%1: %2 of %3").arg(m_measured, grouped(done), grouped(total))); });
    connect(&m_measuring, &BackgroundTask::ended, this, [this] { m_browser.setBusy({}); });
    showCures();
}

DataPresenter::~DataPresenter() = default;

NodeId DataPresenter::sourceNode() const
{
    return findPipeline(m_document.graph(), m_document.registry()).source;
}

std::optional<DataPresenter::Key> DataPresenter::keyNow() const
{
    const Node *node = m_document.graph().find(sourceNode());
    if (!node)
        return {};
    Key key{node->type, node->params};
    key.params.erase("exclude");
    return key;
}

std::vector<std::string> DataPresenter::excluded() const
{
    const Node *node = m_document.graph().find(sourceNode());
    return node && node->params.has("exclude") ? node->params.texts("exclude") : std::vector<std::string>();
}

void DataPresenter::setActive(bool active)
{
    m_active = active;
    if (active)
        refresh();
}

void DataPresenter::forget()
{
    m_key.reset();
    m_trainedKey.reset();
    m_lookingFor.reset();
}

void DataPresenter::setSource(std::shared_ptr<const DataSource> source)
{
    m_trained = std::move(source);
    m_trainedKey = keyNow();
    m_trainedIsAll = excluded().empty();
    refresh();
}

/// Opens the data where they are others than those shown; what is excluded alone is only marked.
void DataPresenter::refresh()
{
    if (!m_active)
        return;
    showSplit();
    const std::vector<std::string> now = excluded();
    const auto key = keyNow();
    if (key && key == m_key && m_source) {
        if (now == m_excluded)
            return;
        m_excluded = now;
        QSet<QString> names;
        for (const std::string &name : now)
            names.insert(QString::fromStdString(name));
        m_browser.setExcluded(names);
        diagnoseAgain();
        return;
    }
    if (!key || (key == m_trainedKey && !m_trained)) {
        showNothing();
    } else if (now.empty()) {
        if (key == m_trainedKey && m_trainedIsAll) // else they are being opened
            adopt(m_trained);
    } else if (m_lookingFor != key) {
        m_lookingFor = key;
        m_look.forget();
        Graph graph = m_document.graph();
        graph.setParam(sourceNode(), "exclude", std::vector<std::string>());
        m_look.look(graph);
    }
}

void DataPresenter::showNothing()
{
    m_key.reset();
    m_source.reset();
    m_exams.reset();
    m_thumbnails.setSource(nullptr);
    const std::string &problem = m_document.facts().problem;
    m_browser.setNothing(!problem.empty()          ? QString::fromStdString(problem)
            : sourceNode().valid() ? tr("Drop a folder of pictures on the window, or choose one in the data node.")
                                   : tr("There is no data node yet: drag ImageFolder onto the canvas, or drop a folder of pictures on the window."));
}

void DataPresenter::adopt(std::shared_ptr<const DataSource> source)
{
    if (!source) {
        showNothing();
        return;
    }
    const bool hadExams = m_exams != nullptr || m_examining.isRunning();
    for (BackgroundTask *task : {&m_details, &m_augmenting, &m_measuring, &m_examining, &m_diagnosing})
        task->stop();
    m_exams.reset();
    m_lookingFor.reset();
    m_key = keyNow();
    m_source = std::move(source);
    m_excluded = excluded();
    if (!m_source->facts().columns.empty()) {
        m_thumbnails.setSource(nullptr);
        m_browser.setTable(listOf(*m_source, m_excluded), shownTable(m_source));
        return;
    }
    m_thumbnails.setSource(m_source);
    m_browser.setSamples(listOf(*m_source, m_excluded), m_source->size() > 0 && !m_source->file(0).empty());
    m_browser.setHasRun(!m_run.empty());
    if (hadExams)
        examine(); // of the same pictures, dealt out anew, at once
}

void DataPresenter::showSplit()
{
    std::vector<ParamDecl> decls;
    const Node *node = m_document.graph().find(sourceNode());
    const NodeSpec *spec = node ? m_document.registry().find(node->type) : nullptr;
    if (!spec) {
        m_browser.setSplitParams({}, {});
        return;
    }
    for (const char *name : kSplitParams) {
        const auto decl = std::ranges::find(spec->params, name, &ParamDecl::name);
        if (decl != spec->params.end())
            decls.push_back(*decl);
    }
    m_browser.setSplitParams(decls, resolvedParams(*spec, *node, {}));
}

void DataPresenter::setSplitParam(const QString &name, const ParamValue &value, bool continues)
{
    if (!continues)
        m_gesture = m_document.newGesture();
    if (const auto done = m_document.setParam(sourceNode(), name.toStdString(), value, m_gesture); !done)
        emit messageRequested(QString::fromStdString(done.error().text));
}

void DataPresenter::exclude(const QStringList &names, bool exclude)
{
    std::vector<std::string> list = excluded();
    std::set<std::string> known(list.begin(), list.end());
    std::set<std::string> changed;
    for (const QString &name : names)
        changed.insert(name.toStdString());
    if (exclude) {
        for (const std::string &name : changed) {
            if (!known.contains(name))
                list.push_back(name);
        }
    } else {
        std::erase_if(list, [&](const std::string &name) { return changed.contains(name); });
    }
    const QString step = names.size() == 1 ? (exclude ? tr("exclude %1") : tr("take %1 back")).arg(names.front())
                                           : (exclude ? tr("exclude %1 pictures") : tr("take %1 pictures back")).arg(names.size());
    const StepGroup group(m_document, step);
    if (const auto done = m_document.setParam(sourceNode(), "exclude", list); !done)
        emit messageRequested(QString::fromStdString(done.error().text));
}

/// The cures against imbalance that this version's recipe has.
void DataPresenter::showCures()
{
    QStringList offered, taken;
    for (const char *name : {"class_weights", "sampler"}) {
        if (!findRecipeDecl(name))
            continue;
        offered << QString::fromLatin1(name);
        if (m_document.recipe().has(name) && m_document.recipe().text(name) == "balanced")
            taken << QString::fromLatin1(name);
    }
    m_browser.setCures(offered, taken);
}

void DataPresenter::cure(const QString &setting)
{
    if (const auto done = m_document.setRecipe(setting.toStdString(), std::string("balanced")); !done)
        emit messageRequested(QString::fromStdString(done.error().text));
}

void DataPresenter::loadDetails(int sample, int side)
{
    if (!m_source)
        return;
    m_details.start([this, source = m_source, sample, side](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        const Result<Picture> picture = makeThumbnail(*source, sample, side);
        const QImage image = picture ? paintable(*picture, side) : QImage();
        return [this, sample, image, size = sizeOf(*source, sample)] { m_browser.setDetails(sample, image, size); };
    });
}

void DataPresenter::loadSizes()
{
    if (!m_source)
        return;
    m_measured = tr("Sizes");
    m_measuring.start([this, source = m_source](const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        std::vector<DataBrowser::Size> sizes;
        for (std::int64_t sample = 0; sample < source->size() && report(sample, source->size()); ++sample)
            sizes.push_back(sizeOf(*source, sample));
        return [this, sizes = std::move(sizes)] { m_browser.setSizes(sizes); };
    });
}

void DataPresenter::setRun(const std::filesystem::path &folder)
{
    std::error_code error;
    m_run = std::filesystem::exists(folder / "weights.safetensors", error) ? folder : std::filesystem::path();
    m_browser.setHasRun(!m_run.empty());
}

void DataPresenter::loadLosses()
{
    if (!m_source || m_run.empty())
        return;
    m_measured = tr("Losses");
    m_browser.setBusy(m_measured);
    const NodeRegistry &registry = m_document.registry();
    m_measuring.start([this, &registry, run = m_run, source = m_source](const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        const auto finished = FinishedRun::load(registry, run);
        const auto losses = finished ? sampleLosses(registry, *finished, source, report) : Result<std::vector<SampleLoss>>(finished.error());
        if (!losses)
            return [this, text = QString::fromStdString(losses.error().text)] { emit messageRequested(text); };
        std::vector<std::optional<DataBrowser::Loss>> bySample(std::size_t(source->size()));
        for (const SampleLoss &loss : *losses)
            bySample[std::size_t(loss.sample)] = DataBrowser::Loss{loss.loss, loss.guess};
        return [this, bySample = std::move(bySample)] { m_browser.setLosses(bySample); };
    });
}

void DataPresenter::makeAugmented()
{
    if (!m_source)
        return;
    const NodeRegistry &registry = m_document.registry();
    const auto seed = ++m_augmentations;
    m_augmenting.start([this, &registry, seed, graph = m_document.graph(), source = m_source, left = m_excluded](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        const auto pictures = augmentedPictures(graph, registry, *source, left, kAugmented, seed);
        if (!pictures)
            return [this, problem = QString::fromStdString(pictures.error().text)] { m_browser.setAugmented({}, problem); };
        std::vector<DataBrowser::Augmented> made;
        for (const AugmentedPicture &picture : *pictures)
            made.push_back({int(picture.sample), picture.picture.empty() ? QImage() : paintable(picture.picture, DataBrowser::kAugmentedSide), QString::fromStdString(picture.problem), mixtureText(picture, source->facts())});
        return [this, made = std::move(made)] { m_browser.setAugmented(made, {}); };
    });
}

void DataPresenter::examine()
{
    if (!m_source)
        return;
    if (!m_source->facts().columns.empty()) {
        emit messageRequested(tr("The doctor looks at pictures, and these data are a table."));
        return;
    }
    m_browser.doctor()->setProgress(0, m_source->size());
    m_examining.start([this, source = m_source, doctor = m_doctor, left = m_excluded](const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        auto exams = doctor->examine(*source, report);
        if (!exams)
            return {};
        const auto kept = std::make_shared<const PictureExams>(std::move(*exams));
        return [this, kept, findings = diagnose(*source, withoutExcluded(*source, *kept, left))] {
            m_exams = kept;
            m_browser.setFindings(findings);
        };
    });
}

void DataPresenter::diagnoseAgain()
{
    if (!m_exams)
        return;
    m_diagnosing.start([this, source = m_source, exams = m_exams, left = m_excluded](const BackgroundTask::Report &) -> BackgroundTask::Finish {
        return [this, findings = diagnose(*source, withoutExcluded(*source, *exams, left))] { m_browser.setFindings(findings); };
    });
}

} // namespace netloom
