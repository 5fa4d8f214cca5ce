// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/data_doctor.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

namespace netloom {

namespace {

constexpr unsigned kMostThreads = 16;
constexpr std::int64_t kAtOnce = 16; ///< pictures that a thread takes
constexpr std::chrono::milliseconds kReport{40};

std::int64_t stampOf(const std::string &file)
{
    std::error_code error;
    const auto time = std::filesystem::last_write_time(file, error);
    return error ? 0 : static_cast<std::int64_t>(time.time_since_epoch().count());
}

/// Examines @p samples on all cores; false where @p progress ended it.
bool examineAll(const DataSource &source, const std::vector<std::int64_t> &samples, PictureExams &exams, const DataDoctor::Progress &progress)
{
    const auto total = static_cast<std::int64_t>(samples.size());
    std::atomic<std::int64_t> next = 0;
    std::atomic<std::int64_t> done = 0;
    std::atomic<bool> stopped = false;
    const auto work = [&] {
        for (std::int64_t first = next.fetch_add(kAtOnce); first < total && !stopped; first = next.fetch_add(kAtOnce)) {
            const std::int64_t last = std::min(first + kAtOnce, total);
            for (std::int64_t at = first; at < last && !stopped; ++at) {
                const std::int64_t sample = samples[static_cast<std::size_t>(at)];
                exams[static_cast<std::size_t>(sample)] = std::make_shared<const PictureExam>(examinePicture(source, sample));
                ++done;
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned thread = 0; thread < std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads); ++thread)
            threads.emplace_back(work);
        const std::int64_t all = source.size();
        while (done < total && !stopped) {
            std::this_thread::sleep_for(kReport);
            if (!progress(all - total + done, all))
                stopped = true;
        }
    }
    return !stopped;
}

} // namespace

std::optional<PictureExams> DataDoctor::examine(const DataSource &source, const Progress &progress)
{
    const std::lock_guard lock(m_mutex);
    const auto count = static_cast<std::size_t>(source.size());
    PictureExams exams(count);
    std::vector<std::int64_t> open;
    std::vector<std::int64_t> stamps(count);
    for (std::int64_t sample = 0; sample < source.size(); ++sample) {
        const auto at = static_cast<std::size_t>(sample);
        const std::string file = source.file(sample);
        stamps[at] = file.empty() ? 0 : stampOf(file);
        const auto known = m_known.find(file);
        if (!file.empty() && known != m_known.end() && known->second.stamp == stamps[at] && known->second.background == source.background())
            exams[at] = known->second.exam;
        else
            open.push_back(sample);
        if (sample % 1024 == 0 && !progress(0, source.size()))
            return {};
    }
    const bool complete = examineAll(source, open, exams, progress);
    for (const std::int64_t sample : open) {
        const auto at = static_cast<std::size_t>(sample);
        if (const std::string file = source.file(sample); !file.empty() && exams[at])
            m_known[file] = {stamps[at], source.background(), exams[at]};
    }
    if (!complete || !progress(source.size(), source.size()))
        return {};
    return exams;
}

} // namespace netloom
