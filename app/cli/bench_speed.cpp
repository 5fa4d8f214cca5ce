// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_speed.h"

#include "bench_measure.h"
#include "commands.h"
#include "console.h"
#include "desktop_program.h"
#include "run/child_program.h"
#include "run/registry.h"
#include "text_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <unistd.h>

namespace netloom::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double kMiB = 1 << 20;

/// What one measuring process printed.
struct Measured {
    std::vector<double> rates; ///< images/s, by epoch
    Json facts = Json::object();
    std::int64_t memory = 0; ///< at most, bytes
    std::string how;         ///< "2 workers, 1 thread"

    double first() const { return rates.empty() ? 0 : rates.front(); }
    /// The median of what came after the first epoch.
    double later() const
    {
        std::vector<double> others(rates.begin() + (rates.empty() ? 0 : 1), rates.end());
        std::ranges::sort(others);
        return others.empty() ? 0 : others[others.size() / 2];
    }
};

std::string numberText(double number, const char *format)
{
    char text[48];
    std::snprintf(text, sizeof text, format, number);
    return text;
}

class SpeedBench {
public:
    explicit SpeedBench(const SpeedOptions &options)
        : m_options(options), m_scratch(fs::temp_directory_path() / ("netloom-bench-" + std::to_string(::getpid()))), m_table({{"work"}, {"against"}, {"Netloom", Right}, {"peer", Right}, {"ratio", Right}, {"goal", Right}, {"holds"}})
    {
    }

    ~SpeedBench()
    {
        std::error_code ignored;
        fs::remove_all(m_scratch, ignored);
    }
    SpeedBench(const SpeedBench &) = delete;
    SpeedBench &operator=(const SpeedBench &) = delete;

    /// A folder that goes when all is measured.
    fs::path scratch() const
    {
        fs::create_directories(m_scratch);
        return m_scratch;
    }

    bool wants(const std::string &row) const { return m_options.only.empty() || m_options.only == row; }
    const SpeedOptions &options() const { return m_options; }
    double seconds() const { return m_options.quick ? 3 : m_options.seconds; }

    /// Netloom's rates in a process of its own.
    Measured own(const std::string &row, const std::string &data, int epochs, const std::vector<std::string> &more = {})
    {
        std::vector<std::string> words{ownProgram(), "bench", "measure", row, data, "--epochs", std::to_string(epochs), "--seconds", std::to_string(seconds())};
        words.insert(words.end(), more.begin(), more.end());
        // With caches of its own, so that nothing of an earlier day is found there.
        Measured measured = run(words, {"XDG_CACHE_HOME=" + (scratch() / "cache").string()});
        if (measured.facts.contains("threads"))
            measured.how = std::to_string(measured.facts["threads"].get<int>()) + " threads, " + measured.facts["memory_format"].get<std::string>();
        return measured;
    }

    /// The peer's best of its @p workers and 1 and 2 threads: each is tried for a moment, the best is measured.
    Measured peer(const std::string &name, const std::string &row, const std::string &data, int epochs)
    {
        const std::vector<int> workers = name == "idiom" ? std::vector{0, 1, 2} : std::vector{0};
        const std::vector<int> threads = name == "idiom" && row == "photos" ? std::vector{1} : std::vector{1, 2};
        std::vector<std::string> best;
        double most = 0;
        for (const int worker : workers) {
            for (const int thread : threads) {
                const std::vector<std::string> words{m_options.python, m_options.peers + "/" + name + ".py", row, data, "--threads", std::to_string(thread),
                    "--workers", std::to_string(worker)};
                const double rate = run(with(words, {"--epochs", "1", "--seconds", m_options.quick ? "2" : "4"}), kMalloc).first();
                if (rate > most) {
                    most = rate;
                    best = words;
                }
            }
        }
        if (best.empty())
            throw std::runtime_error("The peer " + name + ".py gave no rate for the row " + row + ".");
        Measured measured = run(with(best, {"--epochs", std::to_string(epochs), "--seconds", std::to_string(seconds())}), kMalloc);
        measured.how = best[best.size() - 1] + " workers, " + best[best.size() - 3] + " threads";
        return measured;
    }

    bool hasPeers() const { return !m_options.peers.empty(); }

    /// A line of the table; @p atLeast: the goal is a least ratio, else a most.
    void add(const std::string &row, const std::string &what, const std::string &against, double own, std::optional<double> peer, double ratio,
        std::optional<double> goal, bool atLeast, const std::string &unit, const std::string &how)
    {
        const bool holds = goal && (atLeast ? ratio >= *goal : ratio <= *goal);
        if (m_options.json) {
            Json figure{{"event", "figure"}, {"row", row}, {"what", what}, {"against", against}, {"netloom", own},
                {"peer", peer ? Json(*peer) : Json()}, {"unit", unit}, {"ratio", peer ? Json(ratio) : Json()}, {"goal", goal ? Json(*goal) : Json()},
                {"holds", goal ? Json(holds) : Json()}, {"how", how}};
            printEvent(figure);
            return;
        }
        const bool share = unit == "%";
        const auto value = [&](double number) { return unit == "images/s" ? commaText(std::llround(number)) + "/s" : numberText(number, "%.1f ") + unit; };
        const auto ratioText = [&](double number) { return share ? numberText(number * 100, "%.1f %%") : numberText(number, "%.2f×"); };
        m_table.addRow({what, against, value(own), peer ? value(*peer) : "–", peer ? ratioText(ratio) : "–", goal ? (atLeast ? "≥ " : "≤ ") + ratioText(*goal) : "–",
            goal ? (holds ? "yes" : "no") : "–"});
        std::cerr << what << (peer ? ", " + against + ": " + ratioText(ratio) : ": " + value(own)) << (how.empty() ? "" : " (" + how + ")") << '\n';
    }

    void print() const
    {
        if (!m_options.json)
            std::cout << m_table.text();
    }

private:
    using enum TextTable::Align;
    /// What an expert sets so that the C library keeps memory for the next batch.
    inline static const std::vector<std::string> kMalloc{
        "MALLOC_MMAP_THRESHOLD_=1073741824", "MALLOC_TRIM_THRESHOLD_=1073741824", "MALLOC_TOP_PAD_=67108864"};

    static std::vector<std::string> with(std::vector<std::string> words, const std::vector<std::string> &more)
    {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    Measured run(const std::vector<std::string> &words, const std::vector<std::string> &environment)
    {
        Measured measured;
        const auto ended = runChild({words, environment}, [&](const std::string &line) {
            const Json event = Json::parse(line, nullptr, false);
            if (!event.is_object())
                return;
            if (event.value("event", "") == "rate")
                measured.rates.push_back(event.at("images_per_second"));
            else
                measured.facts.update(event);
        });
        if (!ended)
            throw std::runtime_error(ended.error().text);
        if (ended->code != 0)
            throw std::runtime_error("'" + words.front() + " " + words.at(1) + " …' ended with code " + std::to_string(ended->code) + ".");
        measured.memory = ended->peakMemory;
        return measured;
    }

    const SpeedOptions &m_options;
    const fs::path m_scratch;
    TextTable m_table;
};

struct Goals {
    double idiom = 0;
    double expert = 0;
};

std::string peerHow(const Measured &own, const Measured &peer)
{
    return (own.how.empty() ? "" : "Netloom " + own.how + "; ") + peer.how;
}

void addPeers(SpeedBench &bench, const std::string &row, const std::string &what, double (Measured::*rate)() const, const Measured &own,
    const std::vector<std::pair<std::string, Measured>> &peers, Goals goals)
{
    if (peers.empty())
        bench.add(row, what, "–", (own.*rate)(), {}, 0, {}, true, "images/s", own.how);
    for (const auto &[name, peer] : peers)
        bench.add(row, what, name, (own.*rate)(), (peer.*rate)(), (own.*rate)() / (peer.*rate)(), name == "idiom" ? goals.idiom : goals.expert, true,
            "images/s", peerHow(own, peer));
}

void addMemory(SpeedBench &bench, const std::string &row, const Measured &own, const std::vector<std::pair<std::string, Measured>> &peers)
{
    for (const auto &[name, peer] : peers)
        bench.add(row, row + ": most memory", name, double(own.memory) / kMiB, double(peer.memory) / kMiB, double(own.memory) / double(peer.memory),
            name == "idiom" ? 0.6 : 0.7, false, "MiB", "");
}

std::vector<std::pair<std::string, Measured>> peersOf(SpeedBench &bench, const std::string &row, const std::string &data, int epochs)
{
    std::vector<std::pair<std::string, Measured>> peers;
    if (!bench.hasPeers())
        return peers;
    for (const char *name : {"idiom", "expert"})
        peers.emplace_back(name, bench.peer(name, row, data, epochs));
    return peers;
}

void photos(SpeedBench &bench)
{
    const std::string &data = bench.options().flowers;
    constexpr int kEpochs = 6;
    constexpr int kTimes = 3;
    if (!bench.wants("photos") || data.empty())
        return;
    std::vector<Measured> owns; // the first epoch comes once in a process
    for (int time = 0; time < kTimes; ++time)
        owns.push_back(bench.own("photos", data, 4 * kEpochs));
    std::ranges::sort(owns, {}, &Measured::first);
    const Measured &own = owns[kTimes / 2];
    const auto peers = peersOf(bench, "photos", data, kEpochs);
    addPeers(bench, "photos", "photos → 64×64, first epoch", &Measured::first, own, peers, {4.5, 3});
    addPeers(bench, "photos", "photos → 64×64, later epochs", &Measured::later, own, peers, {30, 20});
    addMemory(bench, "photos", own, peers);
}

void training(SpeedBench &bench, const std::string &row, const std::string &what, const std::string &data, int epochs, Goals goals)
{
    if (!bench.wants(row) || data.empty())
        return;
    const Measured own = bench.own(row, data, epochs);
    const auto peers = peersOf(bench, row, data, epochs);
    addPeers(bench, row, what, &Measured::first, own, peers, goals);
    addMemory(bench, row, own, peers);
}

/// Turn and turn about, since a machine's speed drifts; the best of each.
void loaderHidden(SpeedBench &bench, const std::string &row, const std::string &data)
{
    if (!bench.wants("hidden") || data.empty())
        return;
    double whole = 0;
    double compute = 0;
    constexpr int kTimes = 3;
    for (int time = 0; time < kTimes; ++time) {
        whole = std::max(whole, bench.own(row, data, 1).first());
        compute = std::max(compute, bench.own(row, data, 1, {"--compute"}).first());
    }
    bench.add("hidden", row + ": loader hidden", "compute only", whole, compute, whole / compute, 0.97, true, "images/s", "");
}

/// Of the rate that the processor multiplies matrices with, with as many threads.
void sgemmShare(SpeedBench &bench, const std::string &row, const std::string &data)
{
    if (!bench.wants("sgemm") || data.empty())
        return;
    const Measured own = bench.own(row, data, 1, {"--compute"});
    const std::string threads = std::to_string(own.facts.at("threads").get<int>());
    const double gflops = bench.own("sgemm", ".", 1, {"--threads", threads}).facts.at("gflops");
    const double reached = own.first() * own.facts.at("flop_per_image").get<double>() / 1e9;
    bench.add("sgemm", row + ": training step", "sgemm", reached, gflops, reached / gflops, 0.5, true, "GFLOP/s", own.how);
}

/// The window's own training against one without a window, in one process, turn and turn about; the best of each.
void windowOpen(SpeedBench &bench, const std::string &row, const std::string &data)
{
    if (!bench.wants("window") || data.empty())
        return;
    const NodeRegistry registry = fullRegistry();
    Project project = benchProject(row, data, registry);
    project.recipe.set("epochs", std::int64_t{2});
    const fs::path folder = bench.scratch();
    std::map<std::string, double> best;
    const auto saved = saveProject(project, registry, folder / "bench.netloom");
    if (!saved)
        throw std::runtime_error(saved.error().text);
    const auto ended = runDesktopProgram({"--bench-train", (folder / "bench.netloom").string()}, [&](const std::string &line) {
        const Json event = Json::parse(line, nullptr, false);
        if (event.is_object() && event.value("event", "") == "window") {
            double &rate = best[event.at("way")];
            rate = std::max(rate, event.at("images_per_second").get<double>());
        }
    });
    if (!ended || *ended != 0)
        throw std::runtime_error(ended ? "The program with the window ended with code " + std::to_string(*ended) + "." : ended.error().text);
    bench.add("window", row + ": window open", "no window", best["on"], best["off"], best["on"] / best["off"], 0.98, true, "images/s", "");
}

/// Resident memory while an epoch of so many files is loaded.
void memoryOfFiles(SpeedBench &bench)
{
    const std::string &data = bench.options().flowers;
    if (!bench.wants("files") || data.empty())
        return;
    std::vector<fs::path> pictures;
    for (const auto &entry : fs::recursive_directory_iterator(data)) {
        if (entry.is_regular_file() && entry.path().extension() == ".jpg" && pictures.size() < 20)
            pictures.push_back(entry.path());
    }
    const fs::path folder = bench.scratch();
    const std::vector<int> counts = bench.options().quick ? std::vector{1000, 10000} : std::vector{1000, 10000, 100000};
    for (const int count : counts) {
        const fs::path root = folder / std::to_string(count);
        for (int number = 0; number < count; ++number) {
            const fs::path &picture = pictures[static_cast<std::size_t>(number) % pictures.size()];
            const fs::path copy = root / (number % 2 ? "odd" : "even") / (std::to_string(number) + ".jpg");
            fs::create_directories(copy.parent_path());
            const fs::path first = folder / picture.filename();
            if (!fs::exists(first))
                fs::copy_file(picture, first);
            std::error_code full; // a file has a limited number of names
            fs::create_hard_link(first, copy, full);
            if (full)
                fs::copy_file(first, copy);
        }
        const Measured own = bench.own("photos", root.string(), 1, {"--whole"});
        bench.add("files", commaText(count) + " files: most memory", "–", double(own.memory) / kMiB, {}, 0, {}, false, "MiB",
            commaText(std::llround(own.first())) + " images/s");
    }
}

int guarded(const SpeedOptions &options, const std::function<void(SpeedBench &)> &rows)
{
    SpeedBench bench(options);
    try {
        rows(bench);
    } catch (const std::exception &error) {
        bench.print();
        return reportFailure(error.what(), options.json);
    }
    bench.print();
    return kDone;
}

} // namespace

int benchData(const SpeedOptions &options)
{
    return guarded(options, [](SpeedBench &bench) {
        photos(bench);
        memoryOfFiles(bench);
    });
}

int benchTrain(const SpeedOptions &options)
{
    return guarded(options, [&options](SpeedBench &bench) {
        training(bench, "mlp", "Fashion-MNIST MLP", options.fashion, 1, {9, 2});
        training(bench, "cnn", "Fashion-MNIST CNN", options.fashion, 1, {1.7, 1.1});
        training(bench, "cifar", "CIFAR-10 folder, 3 blocks", options.cifar, 1, {1.8, 1.2});
        for (const auto &[row, data] : {std::pair{"mlp", options.fashion}, {"cnn", options.fashion}, {"cifar", options.cifar}})
            loaderHidden(bench, row, data);
        for (const auto &[row, data] : {std::pair{"mlp", options.fashion}, {"cifar", options.cifar}})
            windowOpen(bench, row, data);
        for (const auto &[row, data] : {std::pair{"cnn", options.fashion}, {"cifar", options.cifar}, {"mlp", options.fashion}})
            sgemmShare(bench, row, data);
    });
}

} // namespace netloom::cli
