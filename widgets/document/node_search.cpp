// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/node_search.h"

#include <QStringList>

#include <algorithm>

namespace netloom {

namespace {

/// Points for where @p query occurs in @p text (both lower case); 0 where it doesn't.
int textScore(const QString &text, const QString &query, int exact, int prefix, int word, int inside)
{
    const auto longer = int(std::min<qsizetype>(text.size() - query.size(), 40));
    if (text == query)
        return exact;
    if (text.startsWith(query))
        return prefix - longer;
    const auto at = text.indexOf(query);
    if (at < 0)
        return 0;
    return (!text[at - 1].isLetterOrNumber() ? word : inside) - longer;
}

/// "fully connected" → "fc", "BatchNorm2d" → "bn2".
QString initials(const QString &text)
{
    QString letters;
    QChar before = ' ';
    for (const QChar letter : text) {
        if ((letter.isLetter() && !before.isLetterOrNumber()) || letter.isUpper() || (letter.isDigit() && !before.isDigit()))
            letters += letter.toLower();
        before = letter;
    }
    return letters;
}

/// Whether a part of a name in capitals begins with @p word (lower case): "pool" and "norm2d" in "MaxPool2d", "BatchNorm2d".
bool beginsAPart(const QString &name, const QString &word)
{
    for (qsizetype at = 1; at < name.size(); ++at) {
        if (name[at].isUpper() && QStringView(name).sliced(at).startsWith(word, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// Points when the letters of @p query occur in @p text in order, the first at its start: "cnv2" in "conv2d".
int fuzzyScore(const QString &text, const QString &query)
{
    if (query.size() < 3 || text.isEmpty() || text.front() != query.front())
        return 0;
    qsizetype at = -1;
    qsizetype gaps = 0;
    for (const QChar letter : query) {
        const auto next = text.indexOf(letter, at + 1);
        if (next < 0)
            return 0;
        gaps += next - at - 1;
        at = next;
    }
    return std::max<int>(300 - 20 * int(gaps), 0);
}

int wordScore(const NodeSpec &spec, const QString &word)
{
    const QString type = QString::fromStdString(spec.type);
    int best = textScore(type.toLower(), word, 1000, 850, 600, 550);
    if (initials(type).startsWith(word) && word.size() >= 2)
        best = std::max(best, 650);
    if (beginsAPart(type, word))
        best = std::max(best, 620 - int(std::min<qsizetype>(type.size() - word.size(), 40)));
    best = std::max(best, fuzzyScore(type.toLower(), word));
    for (const std::string &entry : spec.keywords) {
        const QString keyword = QString::fromStdString(entry);
        best = std::max(best, textScore(keyword.toLower(), word, 900, 750, 500, 420));
        if (word.size() >= 2 && initials(keyword) == word)
            best = std::max(best, 640);
    }
    best = std::max(best, textScore(QString::fromStdString(toString(spec.category)).toLower(), word, 260, 240, 220, 0));
    if (word.size() >= 3)
        best = std::max(best, textScore(QString::fromStdString(spec.doc).toLower(), word, 200, 180, 180, 100));
    return best;
}

} // namespace

int searchScore(const NodeSpec &spec, const QString &query)
{
    const QString wanted = query.simplified().toLower();
    if (wanted.isEmpty())
        return 1;
    if (const int whole = wordScore(spec, wanted); whole > 0)
        return whole;
    const QStringList words = wanted.split(' ');
    if (words.size() < 2)
        return 0;
    int worst = 1000;
    for (const QString &word : words)
        worst = std::min(worst, wordScore(spec, word));
    return worst;
}

std::vector<const NodeSpec *> searchNodes(const NodeCatalogue &catalogue, const QString &query)
{
    std::vector<std::pair<int, const NodeSpec *>> scored;
    for (const NodeSpec *spec : catalogue.all()) {
        if (const int score = searchScore(*spec, query); score > 0)
            scored.emplace_back(score, spec);
    }
    std::ranges::stable_sort(scored, [](const auto &a, const auto &b) { return a.first > b.first; });
    std::vector<const NodeSpec *> found;
    for (const auto &[score, spec] : scored)
        found.push_back(spec);
    return found;
}

} // namespace netloom
