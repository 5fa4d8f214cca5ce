// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_nodes.h"
#include "data/data_source.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace netloom::test {

/// A file with a table, gone with this.
class TableFile {
public:
    explicit TableFile(const QByteArray &bytes, const QString &name = "table.csv") : m_path(m_folder.filePath(name))
    {
        QFile file(m_path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }
    std::string path() const { return m_path.toStdString(); }

private:
    QTemporaryDir m_folder;
    QString m_path;
};

/// The defaults of a source type, with some parameters set.
inline Params sourceParams(const std::string &type, const std::vector<std::pair<std::string, ParamValue>> &set)
{
    NodeRegistry registry;
    addDataNodes(registry);
    Params params = Params::defaults(registry.find(type)->params);
    for (const auto &[name, value] : set)
        params.set(name, value);
    return params;
}

inline Result<std::shared_ptr<DataSource>> openOf(const std::string &type, const std::vector<std::pair<std::string, ParamValue>> &set)
{
    NodeRegistry registry;
    addDataNodes(registry);
    return registry.find(type)->openSource(sourceParams(type, set));
}

/// A table all of whose rows are learned from.
inline Result<std::shared_ptr<DataSource>> openTable(const TableFile &file, std::vector<std::pair<std::string, ParamValue>> set = {})
{
    set.insert(set.begin(), {{"file", file.path()}, {"val_fraction", 0.0}, {"test_fraction", 0.0}});
    return openOf("CSVTable", set);
}

inline std::vector<float> rowOf(const DataSource &source, std::int64_t sample)
{
    std::vector<float> row;
    source.readRow(sample, row);
    return row;
}

} // namespace netloom::test
