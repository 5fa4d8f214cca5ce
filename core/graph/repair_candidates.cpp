// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/repair_parts.h"

namespace netloom {

std::vector<std::vector<Repair>> repairCandidates(const RepairCase &given)
{
    static const RepairTable table = [] {
        RepairTable all = shapeRepairs();
        all.merge(sequenceRepairs());
        all.merge(wireRepairs());
        all.merge(headRepairs());
        return all;
    }();
    std::vector<std::vector<Repair>> groups;
    if (const auto found = table.find(given.issue.code); found != table.end()) {
        for (const RepairGenerator generator : found->second)
            groups.push_back(generator(given));
    }
    return groups;
}

} // namespace netloom
