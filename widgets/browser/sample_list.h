// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/split.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace netloom {

/// What the browser knows of one sample of the data; its place in the list is the source's.
struct SampleEntry {
    QString name;
    std::int32_t label = 0;   ///< its class; of several labels the rarest, and -1 for none
    Split split = Split::Train;
    bool excluded = false;
    std::vector<std::int32_t> labels = {}; ///< where samples may have several: all of its
    std::int64_t bytes = -1;  ///< of its file; -1 where nobody has looked
    std::int32_t width = 0;   ///< px; 0 where nobody has looked
    std::int32_t height = 0;  ///< px
    double loss = std::numeric_limits<double>::quiet_NaN(); ///< in the last run
    std::int32_t guess = -1;  ///< the class that the network takes it for; -1 without a run

    bool hasLoss() const { return loss == loss; }
};

/// All samples of the data, also those that are excluded.
struct SampleList {
    std::vector<SampleEntry> samples;
    QStringList classNames;
    bool severalLabels = false; ///< a sample may have any number of the classes

    QString className(std::int32_t label) const { return classNames.value(label); }
    /// Its class, or all of its labels.
    QString classText(const SampleEntry &sample) const;
    std::vector<std::int32_t> labelsOf(const SampleEntry &sample) const { return severalLabels ? sample.labels : std::vector{sample.label}; }
};

enum class SampleSort { AsFound, Name, Bytes, Pixels, Class, Loss };
enum class SampleGroups { None, Class, Split };

/// Which samples to show, and in what order.
struct SampleView {
    std::optional<Split> split;
    std::optional<std::int32_t> label;
    bool excluded = false; ///< those alone; else those alone that aren't
    QString search;        ///< part of the name
    SampleSort sort = SampleSort::AsFound;
    SampleGroups groups = SampleGroups::None;
};

struct SampleGroup {
    QString title;
    std::vector<int> samples;
};

/// The samples of @p list that @p view shows; grouped by class one with several labels is under each of them. Sizes and losses sort from the largest on; unknown ones come last.
std::vector<SampleGroup> arrangeSamples(const SampleList &list, const SampleView &view);

QString splitTitle(Split split);

} // namespace netloom
