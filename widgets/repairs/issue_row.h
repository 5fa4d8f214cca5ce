// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QWidget>

namespace netloom {

/// An issue's sentence with the icon of its severity, and its repairs as buttons below.
class IssueRow : public QWidget {
public:
    IssueRow(Document &document, const Issue &issue, QWidget *parent = nullptr);
};

} // namespace netloom
