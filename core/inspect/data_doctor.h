// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/data_finding.h"
#include "inspect/picture_exam.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace netloom {

/// By sample of a source; nullptr where it wasn't examined.
using PictureExams = std::vector<std::shared_ptr<const PictureExam>>;

/// What @p exams of @p source tell; samples without one count as if they weren't there. Takes a second for 100,000 pictures.
DataFindings diagnose(const DataSource &source, const PictureExams &exams);

/// Examines all pictures of a source, and remembers each while its file and the colour behind it don't change, so that the same pictures
/// dealt out anew are examined again at once. A second call waits for the first to end.
class DataDoctor {
public:
    /// Called now and then with how far it is; false ends the examination. On the thread that examine() was called from.
    using Progress = std::function<bool(std::int64_t done, std::int64_t total)>;

    /// Works on several threads. Nothing where @p progress ended it; what was examined by then is remembered.
    std::optional<PictureExams> examine(const DataSource &source, const Progress &progress);

private:
    struct Known {
        std::int64_t stamp = 0; ///< when the file was written last
        Rgb background{};       ///< behind it, where it is see-through
        std::shared_ptr<const PictureExam> exam;
    };

    std::mutex m_mutex; ///< for one examination at a time
    std::map<std::string, Known> m_known; ///< by file
};

} // namespace netloom
