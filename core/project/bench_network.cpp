// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/bench_network.h"

#include "project/block_library.h"

namespace netloom {

namespace {

using Whole = std::vector<std::int64_t>;

constexpr std::int64_t kChannels = 64;

class BenchNetwork {
public:
    explicit BenchNetwork(const NodeRegistry &registry) : m_net(registry) {}

    Graph build()
    {
        const NodeId source = addStem();
        const NodeId stem = m_net.add("MaxPool2d", "pool", {{"kernel_size", Whole{3}}, {"stride", Whole{2}}, {"padding", Whole{1}}});
        std::vector<NodeId> ends;
        for (int tower = 0; tower < 4; ++tower) {
            m_net.goOnFrom(stem);
            ends.push_back(addTower());
        }
        addInception(m_net.addAfter(ends, "Concat", "concat"));
        const NodeId last = convolution(kChannels, 1);
        addResidual(addResidual(last));
        m_net.add("AdaptiveAvgPool2d", "avgpool", {{"output_size", Whole{1}}});
        m_net.add("Flatten", "flatten");
        m_net.add("Linear", "fc", {{"out_features", std::int64_t{10}}});
        const NodeId loss = m_net.add("CrossEntropyLoss", "loss");
        m_net.link(source, "target", loss, "target");
        return m_net.finished();
    }

private:
    NodeId addStem()
    {
        const NodeId source = m_net.add("ImageFolder", "data");
        m_net.add("Resize", "resize", {{"size", Whole{224, 224}}});
        m_net.add("ToTensor", "to_tensor");
        m_net.add("Normalize", "normalize");
        convolution(kChannels, 7, 2);
        normAndActivation();
        return source;
    }

    NodeId addTower()
    {
        NodeId end;
        for (int stage = 0; stage < 3; ++stage) {
            end = convolution(kChannels, 3);
            for (int residual = 0; residual < 5; ++residual)
                end = addResidual(end);
            addDense(end);
            if (stage == 0)
                addResidualBlock(m_net, "residual", kChannels, 1, false);
            else
                addPlain();
        }
        convolution(kChannels, 3);
        return normAndActivation();
    }

    /// Two convolutions beside a wire that skips them.
    NodeId addResidual(NodeId from)
    {
        m_net.goOnFrom(from);
        convolution(kChannels, 3);
        normAndActivation();
        convolution(kChannels, 3);
        m_net.addAfter({m_net.add("BatchNorm2d", "bn"), from}, "Add", "add");
        return m_net.add("ReLU", "relu");
    }

    /// Huang et al. 2016, "Densely Connected Convolutional Networks": each layer sees what all before it gave; half the size behind.
    void addDense(NodeId from)
    {
        std::vector<NodeId> seen{from};
        for (int layer = 0; layer < 8; ++layer) {
            if (seen.size() > 1)
                m_net.addAfter(seen, "Concat", "concat");
            normAndActivation();
            seen.push_back(convolution(16, 3));
        }
        m_net.addAfter(seen, "Concat", "concat");
        convolution(kChannels, 1, 2);
    }

    void addPlain()
    {
        for (int layer = 0; layer < 3; ++layer) {
            convolution(kChannels, 3);
            normAndActivation();
        }
    }

    /// Szegedy et al. 2014, "Going Deeper with Convolutions": four ways side by side.
    void addInception(NodeId in)
    {
        std::vector<NodeId> ends;
        for (const std::int64_t kernel : {1, 3, 5}) {
            m_net.goOnFrom(in);
            if (kernel > 1) {
                convolution(16, 1);
                normAndActivation();
            }
            convolution(32, kernel);
            ends.push_back(normAndActivation());
        }
        m_net.goOnFrom(in);
        m_net.add("MaxPool2d", "pool", {{"kernel_size", Whole{3}}, {"stride", Whole{1}}, {"padding", Whole{1}}});
        convolution(32, 1);
        ends.push_back(normAndActivation());
        m_net.addAfter(ends, "Concat", "concat");
    }

    NodeId convolution(std::int64_t channels, std::int64_t kernel, std::int64_t stride = 1)
    {
        return m_net.add("Conv2d", "conv",
            {{"out_channels", channels}, {"kernel_size", Whole{kernel}}, {"stride", Whole{stride}}, {"padding", Whole{kernel / 2}}, {"bias", false}});
    }

    NodeId normAndActivation()
    {
        m_net.add("BatchNorm2d", "bn");
        return m_net.add("ReLU", "relu");
    }

    NetBuilder m_net;
};

} // namespace

Graph benchNetwork(const NodeRegistry &registry)
{
    return BenchNetwork(registry).build();
}

} // namespace netloom
