// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QToolButton;

namespace netloom {

class ParamEditor;

/// A form made from parameter declarations: name, field, unit, help, and a button back to the default where it was changed.
class ParamForm : public QWidget {
    Q_OBJECT
public:
    enum class Help { Shown, ToolTip };

    ParamForm(const std::vector<ParamDecl> &decls, Help help, QWidget *parent = nullptr);

    /// Shows @p params, and hides what has no effect beside them; fields that show their value already keep cursor and focus.
    void setValues(const Params &params);
    /// Puts the cursor into the first field.
    void focusFirst();
    /// Greys out one parameter, with the reason as tooltip.
    void setAvailable(const std::string &name, bool available, const QString &reason = {});
    /// A few words at the right of a group's heading, such as what its settings do just now; "" for none.
    void setGroupNote(const std::string &group, const QString &note, const QString &tip = {});
    /// Puts @p widget below a group's fields.
    void addToGroup(const std::string &group, QWidget *widget);
    /// The names' context menu offers to search over the parameter.
    void offerSearch();

signals:
    /// @p continues: part of the same motion as the edit before it, for one undo step.
    void valueEdited(const QString &name, const netloom::ParamValue &value, bool continues);
    void refused(const QString &reason);
    void browseRequested(const QString &name, bool folder);
    /// The parameter is to be searched over; see offerSearch().
    void searchRequested(const QString &name);

private:
    struct Row {
        ParamDecl decl;
        QLabel *label = nullptr;
        ParamEditor *editor = nullptr;
        QToolButton *reset = nullptr;
        QLabel *help = nullptr; ///< with Help::Shown
    };

    struct Group {
        std::string name;
        QLabel *note = nullptr;
        int lastLine = 0; ///< of the grid, free for addToGroup()
    };

    void addHeading(const std::string &group);
    void addRow(const ParamDecl &decl, Help help);
    void showIfItMatters(const Row &row, const Params &params);
    void edit(std::size_t row, const ParamValue &value);
    void markChanged(const Row &row, const ParamValue &value);

    QGridLayout *m_grid = nullptr;
    int m_nextLine = 0;
    std::vector<Row> m_rows;
    std::vector<Group> m_groups;
    QTimer m_motion; ///< runs while the next edit of the same field still belongs to the last
    std::size_t m_lastRow = 0;
};

} // namespace netloom
