// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/sample_cursor.h"

#include <QRandomGenerator>
#include <QString>

#include <filesystem>

namespace netloom {

void SampleCursor::setSource(std::shared_ptr<const DataSource> source)
{
    m_source = std::move(source);
    for (auto &samples : m_samples)
        samples.clear();
    for (std::int64_t sample = 0; m_source && sample < m_source->size(); ++sample)
        m_samples[std::size_t(m_source->split(sample))].push_back(sample);
    if (samplesOf(m_split).empty()) {
        for (const Split split : {Split::Test, Split::Train, Split::Val}) {
            if (!samplesOf(split).empty())
                m_split = split;
        }
    }
    if (m_place >= count(m_split))
        m_place = 0;
}

void SampleCursor::setSplit(Split split)
{
    m_file.clear();
    if (split == m_split || samplesOf(split).empty())
        return;
    m_split = split;
    m_place = 0;
}

void SampleCursor::step(int by)
{
    const std::int64_t samples = count(m_split);
    if (samples > 0 && m_file.empty())
        m_place = ((m_place + by) % samples + samples) % samples;
    m_file.clear();
}

void SampleCursor::random()
{
    m_file.clear();
    if (count(m_split) > 0)
        m_place = QRandomGenerator::global()->bounded(qint64(count(m_split)));
}

void SampleCursor::setFile(std::string file)
{
    m_file = std::move(file);
}

bool SampleCursor::setSample(const std::string &name)
{
    for (const Split split : kAllSplits) {
        for (std::int64_t place = 0; place < count(split); ++place) {
            if (m_source->name(samplesOf(split)[std::size_t(place)]) != name)
                continue;
            m_file.clear();
            m_split = split;
            m_place = place;
            return true;
        }
    }
    return false;
}

PreviewSample SampleCursor::sample() const
{
    if (!m_file.empty())
        return {m_source, -1, m_file};
    const auto &samples = samplesOf(m_split);
    return {m_source, samples.empty() ? -1 : samples[std::size_t(m_place)], {}};
}

std::string SampleCursor::name() const
{
    if (!m_file.empty())
        return std::filesystem::path(m_file).filename().string();
    const PreviewSample at = sample();
    return at.index < 0 ? std::string() : at.source->name(at.index);
}

std::string SampleCursor::className() const
{
    const PreviewSample at = sample();
    if (at.index < 0)
        return {};
    const SourceFacts &facts = at.source->facts();
    if (facts.learnsNumber)
        return facts.targetName + " " + QString::number(at.source->number(at.index), 'g', 6).toStdString();
    std::string text;
    for (const std::int32_t label : at.source->labels(at.index)) {
        if (std::size_t(label) < facts.classNames.size())
            text.append(text.empty() ? "" : ", ").append(facts.classNames[std::size_t(label)]);
    }
    return text;
}

} // namespace netloom
