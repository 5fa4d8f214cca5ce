// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/json_text.h"
#include "project/project.h"
#include "search/study_journal.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

constexpr const char *kTargets[] = {"value", "switch", "type", "one-of"};
constexpr const char *kKinds[] = {"real", "whole", "choice"};
constexpr std::int64_t kMostGridPoints = 1000;

template <std::size_t count>
std::optional<int> indexOf(const char *const (&names)[count], const std::string &name)
{
    const auto found = std::ranges::find(names, name);
    return found == std::end(names) ? std::nullopt : std::optional(int(found - std::begin(names)));
}

Json axisJson(const SearchAxis &axis)
{
    Json json{{"name", axis.name}, {"target", kTargets[int(axis.target)]}, {"kind", kKinds[int(axis.kind)]}};
    if (axis.kind == SearchAxis::Kind::Choice)
        json["choices"] = axis.choices;
    else
        json.update({{"low", axis.low}, {"high", axis.high}, {"log", axis.log}, {"step", axis.step}, {"points", axis.gridPoints}});
    return json;
}

// What a journal holds is taken as it is written; a member that is missing or of another type is told by an exception within this file.

const Json &memberOf(const Json &object, const char *name)
{
    const auto found = object.find(name);
    if (found == object.end())
        throw Error{std::string("'") + name + "' is missing"};
    return *found;
}

Error notA(const char *kind, const char *name)
{
    return Error{std::string("'") + name + "' is no " + kind};
}

std::string textOf(const Json &object, const char *name)
{
    const Json &text = memberOf(object, name);
    return text.is_string() ? text.get<std::string>() : throw notA("text", name);
}

std::int64_t wholeOf(const Json &object, const char *name)
{
    const Json &number = memberOf(object, name);
    return number.is_number_integer() ? number.get<std::int64_t>() : throw notA("whole number", name);
}

double numberOf(const Json &object, const char *name)
{
    const Json &number = memberOf(object, name);
    return number.is_number() ? number.get<double>() : throw notA("number", name);
}

bool flagOf(const Json &object, const char *name)
{
    const Json &flag = memberOf(object, name);
    return flag.is_boolean() ? flag.get<bool>() : throw notA("true or false", name);
}

std::vector<std::string> textsOf(const Json &object, const char *name)
{
    const Json &texts = memberOf(object, name);
    if (!texts.is_array() || !std::ranges::all_of(texts, [](const Json &text) { return text.is_string(); }))
        throw notA("list of texts", name);
    return texts.get<std::vector<std::string>>();
}

bool isWhole(double number)
{
    constexpr double kLargest = 1e15; // whole numbers are exact as far as that
    return number == std::floor(number) && std::abs(number) <= kLargest;
}

/// Whether the numbers of an axis are such as people can ask for.
bool areAllowed(const SearchAxis &axis)
{
    const bool wholes = axis.kind != SearchAxis::Kind::Whole || (isWhole(axis.low) && isWhole(axis.high) && isWhole(axis.step) && axis.step >= 1);
    return wholes && std::isfinite(axis.high - axis.low) && axis.low <= axis.high && (!axis.log || axis.low > 0) && axis.gridPoints >= 1;
}

bool areAllowed(const SearchSettings &settings)
{
    constexpr std::int64_t kMostEpochs = 1'000'000;
    constexpr std::int64_t kMostTrials = 1'000'000'000; // a grid may count as many
    constexpr std::int64_t kMostParts = 1000; ///< of the data, of the machine, and of the trials that go on
    const auto within = [](std::int64_t number, std::int64_t least, std::int64_t most) { return number >= least && number <= most; };
    return !settings.axes.empty() && within(settings.factor, 2, kMostParts) && within(settings.leastEpochs, 1, kMostEpochs)
        && within(settings.fullEpochs, 1, kMostEpochs) && within(settings.trials, 0, kMostTrials) && within(settings.folds, 1, kMostParts)
        && within(settings.jobs, 1, kMostParts);
}

std::optional<SearchAxis> axisFromJson(const Json &json)
{
    SearchAxis axis;
    axis.name = textOf(json, "name");
    const auto target = indexOf(kTargets, textOf(json, "target"));
    const auto kind = indexOf(kKinds, textOf(json, "kind"));
    if (!target || !kind)
        return std::nullopt;
    axis.target = SearchAxis::Target(*target);
    axis.kind = SearchAxis::Kind(*kind);
    if (axis.kind == SearchAxis::Kind::Choice) {
        axis.choices = textsOf(json, "choices");
        return axis.choices.empty() ? std::nullopt : std::optional(axis);
    }
    axis.low = numberOf(json, "low");
    axis.high = numberOf(json, "high");
    axis.log = flagOf(json, "log");
    axis.step = numberOf(json, "step");
    axis.gridPoints = int(std::clamp<std::int64_t>(wholeOf(json, "points"), 0, kMostGridPoints));
    return areAllowed(axis) ? std::optional(axis) : std::nullopt;
}

} // namespace

Json pointJson(const std::vector<SearchAxis> &axes, const SearchPoint &point)
{
    Json json = Json::object();
    for (std::size_t index = 0; index < axes.size(); ++index) {
        const SearchAxis &axis = axes[index];
        if (axis.kind == SearchAxis::Kind::Choice)
            json[axis.name] = axis.text(point[index]);
        else if (axis.kind == SearchAxis::Kind::Whole)
            json[axis.name] = std::llround(point[index]);
        else
            json[axis.name] = point[index];
    }
    return json;
}

std::optional<SearchPoint> pointFromJson(const std::vector<SearchAxis> &axes, const Json &json)
{
    SearchPoint point;
    for (const SearchAxis &axis : axes) {
        const auto value = json.find(axis.name);
        if (value == json.end())
            return std::nullopt;
        if (axis.kind != SearchAxis::Kind::Choice) {
            const double number = value->is_number() ? value->get<double>() : std::numeric_limits<double>::quiet_NaN();
            if (!(number >= axis.low && number <= axis.high))
                return std::nullopt;
            point.push_back(number);
            continue;
        }
        const auto choice = value->is_string() ? std::ranges::find(axis.choices, value->get<std::string>()) : axis.choices.end();
        if (choice == axis.choices.end())
            return std::nullopt;
        point.push_back(double(choice - axis.choices.begin()));
    }
    return point;
}

Json settingsJson(const SearchSettings &settings)
{
    Json axes = Json::array();
    for (const SearchAxis &axis : settings.axes)
        axes.push_back(axisJson(axis));
    return {{"axes", std::move(axes)}, {"sampler", toString(settings.sampler)}, {"pruner", toString(settings.pruner)}, {"factor", settings.factor},
        {"least_epochs", settings.leastEpochs}, {"full_epochs", settings.fullEpochs}, {"seed", settings.seed}, {"trials", settings.trials},
        {"minutes", settings.minutes}, {"folds", settings.folds}, {"jobs", settings.jobs}, {"metric", settings.goal.metric},
        {"greatest", settings.goal.greatest}};
}

Result<SearchSettings> settingsFromJson(const Json &json)
{
    try {
        SearchSettings settings;
        for (const Json &one : memberOf(json, "axes")) {
            const auto axis = axisFromJson(one);
            if (!axis)
                return Error{"an axis of the search is not one that this version knows"};
            settings.axes.push_back(*axis);
        }
        const auto sampler = samplerFromString(textOf(json, "sampler"));
        const auto pruner = prunerFromString(textOf(json, "pruner"));
        if (!sampler || !pruner)
            return Error{"its sampler or pruner is not one that this version knows"};
        settings.sampler = *sampler;
        settings.pruner = *pruner;
        settings.factor = wholeOf(json, "factor");
        settings.leastEpochs = wholeOf(json, "least_epochs");
        settings.fullEpochs = wholeOf(json, "full_epochs");
        settings.seed = static_cast<std::uint64_t>(wholeOf(json, "seed"));
        settings.trials = wholeOf(json, "trials");
        settings.minutes = numberOf(json, "minutes");
        settings.folds = wholeOf(json, "folds");
        settings.jobs = wholeOf(json, "jobs");
        settings.goal = {textOf(json, "metric"), flagOf(json, "greatest")};
        return areAllowed(settings) ? Result<SearchSettings>(settings) : Error{"a number of its settings is out of range"};
    } catch (const Error &error) {
        return Error{"of its settings, " + error.text};
    }
}

/// Takes a journal's steps back into a study.
class StudyReplay {
public:
    explicit StudyReplay(Study &study) : m_study(study) {}

    /// False for a step that can't have happened.
    bool take(const Json &step)
    {
        const std::string event = textOf(step, "event");
        if (step.contains("elapsed"))
            m_study.m_elapsed = numberOf(step, "elapsed");
        if (event == "budget") {
            m_study.extend(std::max<std::int64_t>(0, wholeOf(step, "trials")), numberOf(step, "minutes"));
            return true;
        }
        const std::int64_t number = wholeOf(step, "trial");
        const auto known = std::int64_t(m_study.m_trials.size());
        if (event == "task" && number == known + 1)
            return add(number, memberOf(step, "values"));
        if (number < 1 || number > known)
            return false;
        const bool climbs = m_study.trial(number).rung < m_study.m_ladder.top();
        if (event == "cost")
            m_study.setCost(number, {wholeOf(step, "parameters"), wholeOf(step, "multiply_adds")});
        else if (event == "score")
            m_study.addScore(number, {wholeOf(step, "epoch"), numberOf(step, "score"), lossOf(step)});
        else if (event == "failed")
            m_study.failTrial(number, textOf(step, "problem"));
        else if ((event == "task" || event == "rung") && !climbs)
            return false;
        else if (event == "task")
            m_study.run(m_study.at(number));
        else if (event == "rung")
            m_study.finishTask(number, numberOf(step, "seconds"), wholeOf(step, "memory"));
        return true; // steps of newer versions are passed over
    }

private:
    /// A loss that wasn't finite is null.
    static double lossOf(const Json &step)
    {
        const Json &loss = memberOf(step, "loss");
        return loss.is_number() ? loss.get<double>() : std::numeric_limits<double>::quiet_NaN();
    }

    bool add(std::int64_t number, const Json &values)
    {
        const auto point = pointFromJson(m_study.m_settings.axes, values);
        if (!point)
            return false;
        SearchTrial trial;
        trial.number = number;
        trial.point = *point;
        m_study.m_trials.push_back(std::move(trial));
        m_study.run(m_study.m_trials.back());
        return true;
    }

    Study &m_study;
};

Result<Study> Study::replay(const std::filesystem::path &file)
{
    if (!hasBegun(file))
        return Error{"There is nothing to go on with in '" + file.parent_path().string() + "': no search took its first step there. Start one, or give the folder of another."};
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    const auto where = [&](const std::string &why) { return Error{"The search in '" + file.string() + "' can't be read: " + why + ". The runs of its trials are whole; search anew under another name, or mend the line."}; };
    std::optional<Study> study;
    std::size_t line = 0;
    for (std::size_t from = 0, end = 0; (end = text->find('\n', from)) != std::string::npos; from = end + 1) {
        ++line;
        const Result<Json> step = parseJson(text->substr(from, end - from));
        if (!step)
            return where("line " + std::to_string(line) + " is no JSON");
        try {
            if (!study) {
                Result<SearchSettings> settings = settingsFromJson(memberOf(*step, "settings"));
                if (!settings)
                    return where(settings.error().text);
                study.emplace(std::move(*settings));
                study->m_project = textOf(*step, "project");
            } else if (!StudyReplay(*study).take(*step)) {
                return where("line " + std::to_string(line) + " does not follow from those before");
            }
        } catch (const Error &error) {
            return where("in line " + std::to_string(line) + " " + error.text);
        }
    }
    return std::move(*study);
}

Result<Study> Study::read(const std::filesystem::path &file)
{
    Result<Study> study = replay(file);
    if (!study)
        return study;
    for (const SearchTrial &trial : study->m_trials) {
        if (trial.state == TrialState::Running)
            study->giveBack(trial.number);
    }
    if (study->m_settings.minutes > 0 && study->m_elapsed >= 60 * study->m_settings.minutes)
        study->close();
    study->over();
    return study;
}

Result<Study> Study::readRunning(const std::filesystem::path &file)
{
    Result<Study> study = replay(file);
    if (study)
        study->close();
    return study;
}

} // namespace netloom
