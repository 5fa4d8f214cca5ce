// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/ids.h"
#include "graph/node_preview.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace netloom {

class PreviewView;

/// What comes out of one node, in a window of its own, with the number under the pointer below it. Esc closes it.
class PreviewWindow : public QWidget {
    Q_OBJECT
public:
    PreviewWindow(NodeId node, QWidget *parent);

    NodeId node() const { return m_node; }
    void setNodeName(const QString &name);
    void setPreview(std::shared_ptr<const NodePreview> preview, std::shared_ptr<const NodeValues> values);
    PreviewView *view() const { return m_view; }

signals:
    void closed(netloom::NodeId node);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    NodeId m_node;
    QLabel *m_name;
    QLabel *m_summary;
    PreviewView *m_view;
    QLabel *m_readout;
};

} // namespace netloom
