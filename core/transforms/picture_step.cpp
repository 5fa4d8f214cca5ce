// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/picture_step.h"

#include "data/random.h"

namespace netloom {

namespace {

class AlwaysStep final : public Transform {
public:
    explicit AlwaysStep(std::function<void(Picture &)> change) : m_change(std::move(change)) {}

    void apply(Sample &sample, std::mt19937_64 &, bool) const override { m_change(sample.picture); }

private:
    std::function<void(Picture &)> m_change;
};

class TrainingStep final : public Transform {
public:
    explicit TrainingStep(std::function<void(Picture &, std::mt19937_64 &)> change) : m_change(std::move(change)) {}

    bool isRandom() const override { return true; }

    void apply(Sample &sample, std::mt19937_64 &random, bool training) const override
    {
        if (training)
            m_change(sample.picture, random);
    }

private:
    std::function<void(Picture &, std::mt19937_64 &)> m_change;
};

} // namespace

std::shared_ptr<Transform> alwaysStep(std::function<void(Picture &)> change)
{
    return std::make_shared<AlwaysStep>(std::move(change));
}

std::shared_ptr<Transform> trainingStep(std::function<void(Picture &, std::mt19937_64 &)> change)
{
    return std::make_shared<TrainingStep>(std::move(change));
}

std::shared_ptr<Transform> trainingStep(double p, std::function<void(Picture &, std::mt19937_64 &)> change)
{
    return trainingStep([p, change = std::move(change)](Picture &picture, std::mt19937_64 &random) {
        if (randomUnit(random) < p)
            change(picture, random);
    });
}

} // namespace netloom
