// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace netloom {

/// What an empty canvas says: three things to do first.
class EmptyHint : public QWidget {
    Q_OBJECT
public:
    explicit EmptyHint(QWidget *viewport);

    /// Centres itself on the viewport.
    void place();

signals:
    void newFromTemplateRequested();
    void openRequested();
};

} // namespace netloom
