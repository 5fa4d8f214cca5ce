// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/own_blocks.h"

#include "document/clipboard.h"
#include "graph/structure.h"
#include "project/project.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace netloom {

namespace {

constexpr int kSoon = 40;             ///< ms
constexpr qsizetype kMostName = 60;   ///< letters
constexpr std::size_t kMostFiles = 500;

/// What palette and search show of a block.
NodeSpec specOf(const QString &name, const SavedBlock &block, const NodeRegistry &registry)
{
    const NodePorts ports = portsOf(block.graph, registry, blockNode(block));
    NodeSpec spec;
    spec.type = name.toStdString();
    spec.category = Category::Structure;
    spec.keywords = {"my block", "own block"};
    spec.doc = block.doc;
    spec.inputs = ports.inputs();
    spec.outputs = ports.outputs();
    return spec;
}

Error tooMany()
{
    return {OwnBlocks::tr("My blocks holds %1 blocks, the most it can: delete some first.").arg(kMostFiles).toStdString()};
}

} // namespace

OwnBlocks::OwnBlocks(const NodeRegistry &registry, const QString &folder, QObject *parent)
    : QObject(parent), m_registry(registry), m_folder(folder)
{
    QDir().mkpath(m_folder); // what isn't there can't be watched
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &OwnBlocks::scan);
    const auto soon = [this] { m_soon.start(); };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, soon);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, soon);
    scan();
}

QString OwnBlocks::fileOf(const QString &name) const
{
    return QDir(m_folder).filePath(name + QLatin1String(kBlockFileEnding));
}

const OwnBlocks::Entry *OwnBlocks::find(const QString &name) const
{
    const auto found = std::ranges::find_if(m_entries, [&](const auto &entry) { return entry->name == name; });
    return found == m_entries.end() ? nullptr : found->get();
}

bool OwnBlocks::isTaken(const QString &name) const
{
    return find(name) || std::ranges::find(m_faults, name, &Fault::name) != m_faults.end();
}

QString OwnBlocks::nameProblem(const QString &name) const
{
    if (!isValidNodeName(name.toStdString()))
        return tr("A name takes letters, digits, '_' and '-', at least one.");
    if (name.size() > kMostName)
        return tr("A name has %1 letters at most.").arg(kMostName);
    if (m_registry.find(name.toStdString()))
        return tr("The program has a node type '%1': choose another name.").arg(name);
    return {};
}

QString OwnBlocks::freeName(const QString &wish) const
{
    const QString first = QString::fromStdString(Graph().freeName(wish.toStdString())).left(kMostName - 5);
    QString name = first;
    for (int number = 2; isTaken(name) || m_registry.find(name.toStdString()); ++number)
        name = first + '_' + QString::number(number);
    return name;
}

void OwnBlocks::scan()
{
    const auto before = std::exchange(m_entries, {});
    const auto faultsBefore = std::exchange(m_faults, {});
    for (const auto &file : blockFiles(m_folder.toStdString())) {
        const QString name = QString::fromStdString(file.stem().string());
        if (m_entries.size() + m_faults.size() < kMostFiles)
            read(name);
        else if (m_entries.size() + m_faults.size() == kMostFiles)
            m_faults.push_back({name, tr("%1 was left out: My blocks holds %2 files at most. Delete some, or move them elsewhere.").arg(name).arg(kMostFiles)});
    }
    watch();
    const auto isSame = [](const auto &a, const auto &b) { return a->name == b->name && a->block == b->block; };
    if (!std::ranges::equal(before, m_entries, isSame) || faultsBefore != m_faults)
        emit changed();
}

void OwnBlocks::read(const QString &name)
{
    if (m_registry.find(name.toStdString())) {
        m_faults.push_back({name, tr("The program has a node type '%1', too, so the block in '%2' can't be told from it: rename the file.").arg(name, fileOf(name))});
        return;
    }
    auto loaded = loadBlock(m_registry, fileOf(name).toStdString());
    if (!loaded) {
        m_faults.push_back({name, tr("%1 Save the block again under this name, or delete the file.").arg(QString::fromStdString(loaded.error().text))});
        return;
    }
    (void)loaded->block.graph.rename(blockNode(loaded->block).id, name.toStdString()); // the file may have been renamed
    Entry entry{name, specOf(name, loaded->block, m_registry), std::move(loaded->block), {}};
    if (!loaded->notes.empty())
        entry.note = QString::fromStdString(loaded->notes.front().text);
    m_entries.push_back(std::make_unique<const Entry>(std::move(entry)));
}

/// The folder tells of files that come, go and are replaced, the files of those that are written in place.
void OwnBlocks::watch()
{
    QStringList paths{m_folder};
    for (const auto &entry : m_entries)
        paths << fileOf(entry->name);
    for (const Fault &fault : m_faults)
        paths << fileOf(fault.name);
    paths.removeIf([this](const QString &path) { return m_watcher.files().contains(path) || m_watcher.directories().contains(path); });
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
}

Result<Done> OwnBlocks::save(const QString &name, SavedBlock block)
{
    if (const QString problem = nameProblem(name); !problem.isEmpty())
        return Error{problem.toStdString()};
    if (!isTaken(name) && m_entries.size() + m_faults.size() >= kMostFiles)
        return tooMany();
    // Its node is called so as well, and so is what comes of it on the canvas.
    (void)block.graph.rename(blockNode(block).id, name.toStdString());
    const auto saved = saveBlock(block, m_registry, fileOf(name).toStdString());
    if (saved)
        scan();
    return saved;
}

Result<Done> OwnBlocks::rename(const QString &from, const QString &name, const QString &doc)
{
    const Entry *entry = find(from);
    if (!entry)
        return Error{tr("There is no block '%1' in My blocks any more.").arg(from).toStdString()};
    SavedBlock block = entry->block;
    block.doc = doc.toStdString();
    auto saved = save(name, std::move(block));
    return saved && name != from ? remove(from) : saved;
}

Result<Done> OwnBlocks::remove(const QString &name)
{
    QFile file(fileOf(name));
    if (file.exists() && !file.remove())
        return Error{tr("Cannot delete '%1': %2.").arg(file.fileName(), file.errorString()).toStdString()};
    scan();
    return Done{};
}

Result<QString> OwnBlocks::import(const QString &file)
{
    auto loaded = loadBlock(m_registry, file.toStdString());
    if (!loaded)
        return loaded.error();
    const QString name = freeName(QFileInfo(file).completeBaseName());
    const auto saved = save(name, std::move(loaded->block));
    return saved ? Result<QString>(name) : Result<QString>(saved.error());
}

Result<Done> OwnBlocks::exportTo(const QString &name, const QString &file) const
{
    const Entry *entry = find(name);
    if (!entry)
        return Error{tr("There is no block '%1' in My blocks any more.").arg(name).toStdString()};
    return writeFileAtomically(file.toStdString(), blockToJson(entry->block, m_registry));
}

SavedBlock savedBlock(const Graph &graph, NodeId id, const QString &doc)
{
    SavedBlock block;
    block.graph = partOf(graph, {id});
    block.graph.setPosition(id, {});
    block.graph.setBypassed(id, false);
    block.graph.setExposed(id, {});
    block.doc = doc.toStdString();
    return block;
}

} // namespace netloom
