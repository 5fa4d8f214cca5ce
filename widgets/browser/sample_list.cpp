// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/sample_list.h"

#include <QCollator>
#include <QCoreApplication>

#include <algorithm>

namespace netloom {

namespace {

bool hasLabel(const SampleEntry &sample, std::int32_t label)
{
    return sample.label == label || std::ranges::find(sample.labels, label) != sample.labels.end();
}

bool isShown(const SampleEntry &sample, const SampleView &view)
{
    return sample.excluded == view.excluded && (!view.split || sample.split == *view.split) && (!view.label || hasLabel(sample, *view.label))
        && (view.search.isEmpty() || sample.name.contains(view.search, Qt::CaseInsensitive));
}

/// "picture 9" before "picture 10".
void sortByName(const SampleList &list, std::vector<int> &samples)
{
    QCollator collator;
    collator.setNumericMode(true);
    std::vector<std::pair<QCollatorSortKey, int>> keys;
    keys.reserve(samples.size());
    for (const int sample : samples)
        keys.emplace_back(collator.sortKey(list.samples[std::size_t(sample)].name), sample);
    std::ranges::stable_sort(keys, [](const auto &left, const auto &right) { return left.first < right.first; });
    std::ranges::transform(keys, samples.begin(), [](const auto &key) { return key.second; });
}

void sortSamples(const SampleList &list, SampleSort sort, std::vector<int> &samples)
{
    const auto by = [&](auto key) {
        std::ranges::stable_sort(samples, [&](int left, int right) { return key(list.samples[std::size_t(left)]) < key(list.samples[std::size_t(right)]); });
    };
    switch (sort) {
    case SampleSort::AsFound: break;
    case SampleSort::Name: sortByName(list, samples); break;
    case SampleSort::Bytes: by([](const SampleEntry &sample) { return -sample.bytes; }); break;
    case SampleSort::Pixels: by([](const SampleEntry &sample) { return -std::int64_t(sample.width) * sample.height; }); break;
    case SampleSort::Class: by([](const SampleEntry &sample) { return sample.label; }); break;
    case SampleSort::Loss: by([](const SampleEntry &sample) { return sample.hasLoss() ? -sample.loss : 1.0; }); break;
    }
}

QString noLabelText()
{
    return QCoreApplication::translate("SampleList", "No label");
}

/// Under which headings a sample is shown; the last one is for those without a label.
std::vector<std::size_t> groupsOf(const SampleList &list, const SampleEntry &sample, const SampleView &view)
{
    if (view.groups != SampleGroups::Class)
        return {view.groups == SampleGroups::Split ? std::size_t(sample.split) : 0};
    std::vector<std::size_t> groups;
    for (const std::int32_t label : list.labelsOf(sample)) {
        if (!view.label || label == *view.label)
            groups.push_back(std::min(std::size_t(label), std::size_t(list.classNames.size())));
    }
    return groups.empty() ? std::vector{std::size_t(list.classNames.size())} : groups;
}

} // namespace

QString splitTitle(Split split)
{
    return split == Split::Train ? QCoreApplication::translate("SampleList", "Training")
        : split == Split::Val    ? QCoreApplication::translate("SampleList", "Validation")
                                 : QCoreApplication::translate("SampleList", "Test");
}

QString SampleList::classText(const SampleEntry &sample) const
{
    if (!severalLabels)
        return className(sample.label);
    QStringList names;
    for (const std::int32_t label : sample.labels)
        names << className(label);
    return names.isEmpty() ? noLabelText() : names.join(QStringLiteral(", "));
}

std::vector<SampleGroup> arrangeSamples(const SampleList &list, const SampleView &view)
{
    std::vector<SampleGroup> groups;
    if (view.groups == SampleGroups::Class) {
        for (const QString &name : list.classNames)
            groups.push_back({name, {}});
        groups.push_back({noLabelText(), {}});
    } else if (view.groups == SampleGroups::Split) {
        for (const Split split : kAllSplits)
            groups.push_back({splitTitle(split), {}});
    } else {
        groups.emplace_back();
    }
    for (int index = 0; index < int(list.samples.size()); ++index) {
        const SampleEntry &sample = list.samples[std::size_t(index)];
        if (!isShown(sample, view))
            continue;
        for (const std::size_t group : groupsOf(list, sample, view))
            groups.at(group).samples.push_back(index);
    }
    std::erase_if(groups, [](const SampleGroup &group) { return group.samples.empty(); });
    for (SampleGroup &group : groups)
        sortSamples(list, view.sort, group.samples);
    return groups;
}

} // namespace netloom
