// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "graph/shape.h"
#include "graph/source_facts.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

class Layer;       // core/layers/layer.h
class Loss;        // core/losses/loss.h
class Transform;   // core/transforms/transform.h
class BatchTransform; // core/transforms/batch_transform.h
class DataSource;  // core/data/data_source.h

/// What travels over a wire; only equal kinds connect. Any is an end of a dot or a block that nothing is connected to yet.
enum class PortKind { Image, Row, Tensor, Target, Any };

std::string toString(PortKind kind);

enum class Category { Source, Transform, Layer, Activation, Pooling, Regularization, Shaping, Loss, Structure };

std::string toString(Category category);

/// Every category in the order in which the palette shows them.
const std::vector<Category> &allCategories();

struct PortDecl {
    std::string name;
    PortKind kind = PortKind::Tensor;
    bool variadic = false; ///< an input that takes any number of wires, in order (Concat)
    std::string doc;
};

/// What a node makes of its inputs.
struct Inferred {
    ShapeList outputs;            ///< one per output port
    std::int64_t parameters = 0;  ///< trainable numbers
    std::int64_t multiplyAdds = 0; ///< multiply-adds for one sample, forward
};

/// Why a node cannot work with its inputs; inferShapes() puts the node's name in front and the mend behind:
/// "Linear 'fc1' " + text + ": " + mend + ".".
struct Misfit {
    std::string code; ///< stable word for tests and for the doctor: "not-flat"
    std::string text; ///< "needs a flat input but gets N×32×7×7"
    std::string mend; ///< "add Flatten before it"
    std::string port = "input";
    ShapeList outputs = {}; ///< shapes that hold all the same, so that what follows can be judged; else empty
};

using InferResult = std::variant<Inferred, Misfit>;

/// What a node type may look at when it infers its outputs.
struct InferInput {
    const Params &params;     ///< complete; the keyword "classes" is already a number where the data is known
    const ShapeList &in;      ///< the shapes of the wires at the inputs, in port order; all of a variadic port's wires in link order
    const SourceFacts &facts; ///< what is known of the data
};

/// Everything that is known of a node type. Palette, inspector, help, shape inference, building and the
/// tests over the registry are driven by this record; a new node type is one file that returns one.
struct NodeSpec {
    std::string type;                  ///< PyTorch's or torchvision's name: "Conv2d"
    Category category = Category::Layer;
    std::string group;                 ///< a heading of its own in the palette, within the category; "" for the category's
    std::vector<std::string> keywords; ///< other words people search for
    std::string doc;                   ///< one or two sentences for a student
    std::vector<PortDecl> inputs;
    std::vector<PortDecl> outputs;
    std::vector<ParamDecl> params;

    /// Shapes of the outputs and the cost. Called only with every input shape present (sizes inside may be kUnknown).
    std::function<InferResult(const InferInput &)> infer;
    /// How the first output's sizes and the cost come about, with the numbers in place, a line for each:
    /// "height: ⌊(28 + 2·1 − 3)/1⌋ + 1 = 28". Every line ends in what infer() gave. None: the output has the input's shape.
    std::function<std::vector<std::string>(const InferInput &, const Inferred &)> explain;

    /// Layers: the LibTorch module for inputs of the shapes @p in. Only called where infer() gave no misfit.
    std::function<std::shared_ptr<Layer>(const Params &params, const ShapeList &in)> buildLayer;
    /// Losses.
    std::function<std::shared_ptr<Loss>(const Params &params)> buildLoss;
    /// Transforms; @p facts tells those that fit themselves to the data what a look at it found.
    std::function<std::shared_ptr<Transform>(const Params &params, const SourceFacts &facts)> buildTransform;
    /// Sources: the parameters that read what lies at @p path (a folder, or a file), where it is sure to be of this type. None: never sure.
    std::function<std::optional<Params>(const std::string &path)> recognise;
    /// Transforms of whole batches, which come last.
    std::function<std::shared_ptr<BatchTransform>(const Params &params)> buildBatchTransform;
    /// Sources: opens the data (reads file names and headers, decodes nothing in full).
    std::function<Result<std::shared_ptr<DataSource>>(const Params &params)> openSource;

    bool isSource() const { return category == Category::Source; }
    bool isTransform() const { return category == Category::Transform; }
    bool isBatchTransform() const { return bool(buildBatchTransform); }
    bool isLoss() const { return category == Category::Loss; }
    bool isStructure() const { return category == Category::Structure; }
    bool isLayer() const { return !isSource() && !isTransform() && !isLoss() && !isStructure(); }

    const PortDecl *findInput(std::string_view name) const;
    const PortDecl *findOutput(std::string_view name) const;
    const ParamDecl *findParam(std::string_view name) const;
};

} // namespace netloom
