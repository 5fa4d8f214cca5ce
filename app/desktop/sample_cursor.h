// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspect/sample_picture.h"

#include <array>
#include <vector>

namespace netloom {

/// Which picture of the data is looked at: a place in one of its splits, or a file in its place.
class SampleCursor {
public:
    /// Keeps split and place where the new data have them; else the first sample of the validation.
    void setSource(std::shared_ptr<const DataSource> source);
    void setSplit(Split split);
    /// Forward or back in the split, round its ends; leaves a file.
    void step(int by);
    void random();
    void setFile(std::string file);
    /// Goes to the sample of this name; false where the data have none.
    bool setSample(const std::string &name);
    void leaveFile() { m_file.clear(); }

    PreviewSample sample() const;
    Split split() const { return m_split; }
    std::int64_t count(Split split) const { return std::int64_t(samplesOf(split).size()); }
    /// "train #17", "cats/7.png" or the file's name; "" where there is none.
    std::string name() const;
    /// Its class, or the number to be learned with its name; "" where it isn't known.
    std::string className() const;

private:
    const std::vector<std::int64_t> &samplesOf(Split split) const { return m_samples[std::size_t(split)]; }

    std::shared_ptr<const DataSource> m_source;
    std::array<std::vector<std::int64_t>, kAllSplits.size()> m_samples; ///< by split
    Split m_split = Split::Val;
    std::int64_t m_place = 0; ///< in the split
    std::string m_file;
};

} // namespace netloom
