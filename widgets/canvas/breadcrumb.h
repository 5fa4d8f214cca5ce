// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "document/document.h"

class QHBoxLayout;

namespace netloom {

/// Says over the canvas in which block one is: "Network › layer2 › 0", each a way back. Hidden on the top level.
class Breadcrumb : public QFrame {
    Q_OBJECT
public:
    Breadcrumb(Document &document, QWidget *parent);

    /// Goes back to its corner: the viewport takes its children along when it scrolls.
    void stay();

private:
    void refresh();

    Document &m_document;
    QHBoxLayout *m_row = nullptr;
};

} // namespace netloom
