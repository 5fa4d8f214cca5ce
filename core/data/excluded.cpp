// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/excluded.h"

namespace netloom {

ParamDecl excludeDecl()
{
    return ParamDecl::texts("exclude").doc("Samples that are left out, by name; their files are not touched").outsideForm();
}

std::unordered_set<std::string> excludedNames(const Params &params)
{
    const std::vector<std::string> &names = params.texts("exclude");
    return {names.begin(), names.end()};
}

} // namespace netloom
