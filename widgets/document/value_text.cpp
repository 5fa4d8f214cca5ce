// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/value_text.h"

#include "document/document.h"

namespace netloom {

QString valueText(const ParamValue &value)
{
    if (const auto *pair = std::get_if<std::vector<std::int64_t>>(&value); pair && pair->size() == 2)
        return QStringLiteral("%1×%2").arg(pair->front()).arg(pair->back());
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? Document::tr("on") : Document::tr("off");
    return QString::fromStdString(formatParam(value));
}

} // namespace netloom
