// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_nodes.h"
#include "graph/node_spec.h"
#include "transforms/transform.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace netloom::test {

/// The picture of tests/fixtures/pictures/make_transforms.py.
inline Picture formulaPicture(int height, int width, int channels = 3)
{
    Picture picture{height, width, channels, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < channels; ++c)
                picture.pixels.push_back(std::uint8_t((y * 7 + x * 13 + c * 50 + (x * y) % 31 * 3) % 256));
        }
    }
    return picture;
}

inline Sample sampleOf(Picture picture)
{
    return {std::move(picture), {}, {}};
}

inline QByteArray bytesOf(const Picture &picture)
{
    return {reinterpret_cast<const char *>(picture.pixels.data()), qsizetype(picture.pixels.size())};
}

/// As make_transforms.py writes it.
inline QString hashOf(const Picture &picture)
{
    return QCryptographicHash::hash(bytesOf(picture), QCryptographicHash::Sha1).toHex();
}

/// A list of make_transforms.py's file: "cases".
inline QJsonArray torchvisions(const char *list)
{
    QFile file(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/pictures/transforms.json");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object()[list].toArray();
}

/// All transforms, with parameters as people type them: "size=32;padding=4".
class TransformCatalogue {
public:
    TransformCatalogue() { addDataNodes(m_registry); }

    const NodeRegistry &registry() const { return m_registry; }

    const NodeSpec &specOf(const QString &type) const
    {
        const NodeSpec *spec = m_registry.find(type.toStdString());
        if (!spec)
            qFatal("no node type %s", qPrintable(type));
        return *spec;
    }

    Params paramsOf(const QString &type, const QString &text) const
    {
        const NodeSpec &spec = specOf(type);
        Params params = Params::defaults(spec.params);
        for (const QString &setting : text.split(';', Qt::SkipEmptyParts)) {
            const std::string name = setting.section('=', 0, 0).toStdString();
            const auto value = parseParam(*spec.findParam(name), setting.section('=', 1).toStdString());
            if (!value)
                qFatal("%s", value.error().text.c_str());
            params.set(name, *value);
        }
        return params;
    }

    std::shared_ptr<Transform> build(const QString &type, const QString &params) const
    {
        return specOf(type).buildTransform(paramsOf(type, params), {});
    }

private:
    NodeRegistry m_registry;
};

} // namespace netloom::test
