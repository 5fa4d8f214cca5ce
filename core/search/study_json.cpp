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

/// Throws where a member is missing or of another type.
std::optional<SearchAxis> axisFromJson(const Json &json)
{
    SearchAxis axis;
    axis.name = json.at("name").get<std::string>();
    const auto target = indexOf(kTargets, json.at("target").get<std::string>());
    const auto kind = indexOf(kKinds, json.at("kind").get<std::string>());
    if (!target || !kind)
        return std::nullopt;
    axis.target = SearchAxis::Target(*target);
    axis.kind = SearchAxis::Kind(*kind);
    if (axis.kind == SearchAxis::Kind::Choice) {
        axis.choices = json.at("choices").get<std::vector<std::string>>();
        return axis.choices.empty() ? std::nullopt : std::optional(axis);
    }
    axis.low = json.at("low").get<double>();
    axis.high = json.at("high").get<double>();
    axis.log = json.at("log").get<bool>();
    axis.step = json.at("step").get<double>();
    axis.gridPoints = json.at("points").get<int>();
    const bool fits = axis.low <= axis.high && (!axis.log || axis.low > 0) && axis.step > 0 && axis.gridPoints > 0;
    return fits ? std::optional(axis) : std::nullopt;
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
            if (!value->is_number())
                return std::nullopt;
            point.push_back(value->get<double>());
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
        for (const Json &one : json.at("axes")) {
            const auto axis = axisFromJson(one);
            if (!axis)
                return Error{"an axis of the search is not one that this version knows"};
            settings.axes.push_back(*axis);
        }
        const auto sampler = samplerFromString(json.at("sampler").get<std::string>());
        const auto pruner = prunerFromString(json.at("pruner").get<std::string>());
        if (!sampler || !pruner)
            return Error{"its sampler or pruner is not one that this version knows"};
        settings.sampler = *sampler;
        settings.pruner = *pruner;
        settings.factor = json.at("factor").get<std::int64_t>();
        settings.leastEpochs = json.at("least_epochs").get<std::int64_t>();
        settings.fullEpochs = json.at("full_epochs").get<std::int64_t>();
        settings.seed = json.at("seed").get<std::uint64_t>();
        settings.trials = json.at("trials").get<std::int64_t>();
        settings.minutes = json.at("minutes").get<double>();
        settings.folds = json.at("folds").get<std::int64_t>();
        settings.jobs = json.at("jobs").get<std::int64_t>();
        settings.goal = {json.at("metric").get<std::string>(), json.at("greatest").get<bool>()};
        const bool fits = settings.factor >= 2 && settings.leastEpochs >= 1 && settings.fullEpochs >= 1 && settings.folds >= 1 && settings.jobs >= 1;
        return fits ? Result<SearchSettings>(settings) : Error{"a number of its settings is out of range"};
    } catch (const nlohmann::json::exception &error) {
        return Error{std::string("a member of its settings is missing or wrong (") + error.what() + ")"};
    }
}

/// Takes a journal's steps back into a study.
class StudyReplay {
public:
    explicit StudyReplay(Study &study) : m_study(study) {}

    /// False for a step that can't have happened.
    bool take(const Json &step)
    {
        const std::string event = step.at("event").get<std::string>();
        m_study.m_elapsed = step.value("elapsed", m_study.m_elapsed);
        if (event == "budget") {
            m_study.extend(step.at("trials").get<std::int64_t>(), step.at("minutes").get<double>());
            return true;
        }
        const auto number = step.at("trial").get<std::int64_t>();
        const auto known = std::int64_t(m_study.m_trials.size());
        if (event == "task" && number == known + 1)
            return add(number, step.at("values"));
        if (number < 1 || number > known)
            return false;
        if (event == "task")
            m_study.run(m_study.at(number));
        else if (event == "cost")
            m_study.setCost(number, {step.at("parameters").get<std::int64_t>(), step.at("multiply_adds").get<std::int64_t>()});
        else if (event == "score")
            m_study.addScore(number, {step.at("epoch").get<std::int64_t>(), step.at("score").get<double>(), numberOf(step.at("loss"))});
        else if (event == "rung")
            m_study.finishTask(number, step.at("seconds").get<double>(), step.at("memory").get<std::int64_t>());
        else if (event == "failed")
            m_study.failTrial(number, step.at("problem").get<std::string>());
        return true; // steps of newer versions are passed over
    }

private:
    static double numberOf(const Json &json) { return json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN(); }

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
    const auto where = [&](const std::string &why) { return Error{"The search in '" + file.string() + "' can't be read: " + why + "."}; };
    std::optional<Study> study;
    std::size_t line = 0;
    for (std::size_t from = 0, end = 0; (end = text->find('\n', from)) != std::string::npos; from = end + 1) {
        ++line;
        const Result<Json> step = parseJson(text->substr(from, end - from));
        if (!step)
            return where("line " + std::to_string(line) + " is no JSON");
        try {
            if (!study) {
                Result<SearchSettings> settings = settingsFromJson(step->at("settings"));
                if (!settings)
                    return where(settings.error().text);
                study.emplace(std::move(*settings));
                study->m_project = step->value("project", std::string());
            } else if (!StudyReplay(*study).take(*step)) {
                return where("line " + std::to_string(line) + " does not follow from those before");
            }
        } catch (const nlohmann::json::exception &error) {
            return where("line " + std::to_string(line) + ": " + error.what());
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
