// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "graph/node_preview.h"
#include "graph/split.h"

#include <map>
#include <memory>

class QComboBox;
class QLabel;
class QToolButton;

namespace netloom {

/// Which picture flows through the network: its thumbnail and name, and buttons to choose another one.
class SampleBar : public QWidget {
    Q_OBJECT
public:
    explicit SampleBar(QWidget *parent = nullptr);

    /// The sample's name ("train #17", "cat.png") and class, "" where it isn't known.
    void setSample(const QString &name, const QString &className);
    /// The sample's picture, or the reason why there is none; nullptr while nobody knows.
    void setPicture(const std::shared_ptr<const NodePreview> &picture);
    /// How many samples there are to choose from; nothing at all disables choosing.
    void setSplits(const std::map<Split, std::int64_t> &counts, Split current);
    /// "trained weights": what the previews come from.
    void setWeightsNote(const QString &note);

signals:
    void stepRequested(int by);
    void randomRequested();
    void splitRequested(netloom::Split split);
    void pictureRequested();
    /// Whether random transforms show what they do while training.
    void trainingToggled(bool on);
    /// Other draws of them.
    void againRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *makeButton(const QString &name, const QString &icon, const QString &toolTip);
    void showThumbnail();

    QLabel *m_thumbnail;
    QLabel *m_class;
    QLabel *m_name;
    QComboBox *m_split;
    QList<QToolButton *> m_choosers;
    QLabel *m_weights;
    std::shared_ptr<const NodePreview> m_picture;
    QString m_sampleName;
};

} // namespace netloom
