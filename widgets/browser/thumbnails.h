// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>

#include <vector>

namespace netloom {

/// Where the browser's small pictures come from; they are made in the background.
class Thumbnails : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// The picture of @p sample; nullptr while it isn't there, a null image where it can't be read.
    virtual const QImage *find(int sample) = 0;
    /// Replaces whatever was wanted before: these, the first first, fitting into @p side × @p side device pixels.
    virtual void want(const std::vector<int> &samples, int side) = 0;

signals:
    /// Some pictures more are there.
    void arrived();
};

} // namespace netloom
