// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "browser/sample_list.h"
#include "graph/param.h"

class QLabel;
class QVBoxLayout;

namespace netloom {

class FacetList;
class ParamForm;

/// Beside the pictures of the data: which part and class of them to show, with their counts, and how they are dealt out.
class FilterPane : public QWidget {
    Q_OBJECT
public:
    explicit FilterPane(QWidget *parent = nullptr);

    /// Counts anew; what is chosen stays where there is such a thing. @p isTable: the samples are rows, of which none is excluded.
    void setSamples(const SampleList &list, bool isTable = false);
    /// What is shown in all.
    void setTitle(const QString &text);
    /// The parameters that deal the samples out, with their values; none hides them.
    void setSplitParams(const std::vector<ParamDecl> &decls, const Params &params);

    /// Puts the chosen part and class into @p view.
    void narrow(SampleView &view) const;
    /// Shows all classes, and all parts or what is excluded of them.
    void chooseAll(bool excluded);

signals:
    void chosen();
    void splitParamEdited(const QString &name, const netloom::ParamValue &value, bool continues);

private:
    std::vector<ParamDecl> m_splitDecls;
    QLabel *m_title = nullptr;
    FacetList *m_parts = nullptr;
    QLabel *m_classesTitle = nullptr;
    FacetList *m_classes = nullptr;
    QWidget *m_splitBox = nullptr;
    QVBoxLayout *m_splitColumn = nullptr;
    ParamForm *m_splitForm = nullptr;
};

} // namespace netloom
